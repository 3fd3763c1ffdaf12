import { setTimeout as wait } from 'node:timers/promises'
import { selectionOf } from './fields.ts'

export interface Export {
  /** Of a gateway's graph. */
  readonly url: string
  readonly authorization: string | undefined
  readonly createdOn: { readonly from?: string; readonly to?: string }
  /** Of each record. */
  readonly fields: readonly string[]
}

export interface Page {
  readonly nodes: readonly unknown[]
  /** Where the next page begins; null if there was never a record. */
  readonly cursor: string | null
  readonly totalCount: number | null
}

const ROWS = 100
const MAX_ATTEMPTS = 6
const FIRST_PAUSE_MS = 1000

/** All pages behind a cursor, oldest record first: each record that exists throughout is on one. */
export async function* pagesOf(of: Export, after: string | null): AsyncGenerator<Page> {
  let cursor = after
  for (;;) {
    const { nodes, totalCount, pageInfo } = await ask(of, cursor)
    cursor = pageInfo.endCursor
    yield { nodes, totalCount, cursor }
    if (!pageInfo.hasNextPage) return
  }
}

interface Connection {
  readonly totalCount: number | null
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly nodes: readonly unknown[]
}

interface Answer {
  readonly data?: { readonly remoteRecords?: Connection | null } | null
  readonly errors?: readonly {
    readonly message: string
    readonly extensions?: { readonly retryable?: boolean; readonly retryAfterMs?: number }
  }[]
}

/** Asks again after a pause if that may help. A page of which a part failed is none. */
async function ask(of: Export, after: string | null): Promise<Connection> {
  for (let attempt = 1; ; attempt++) {
    const { data, errors = [] } = await askOnce(of, after)
    if (data?.remoteRecords && errors.length === 0) return data.remoteRecords
    const mayHelp = errors.every(({ extensions }) => extensions?.retryable === true)
    if (!mayHelp || attempt === MAX_ATTEMPTS)
      throw new Error(errors[0]?.message ?? 'Expected a page, got none.')
    const pauses = errors.map(({ extensions }) => extensions?.retryAfterMs ?? 0)
    await wait(Math.max(FIRST_PAUSE_MS * 2 ** (attempt - 1), ...pauses))
  }
}

async function askOnce(
  { url, authorization, createdOn, fields }: Export,
  after: string | null,
): Promise<Answer> {
  const query = `query Export($after: String, $createdOn: DateRange) {
    remoteRecords(first: ${ROWS}, after: $after, createdOn: $createdOn, order: OLDEST_FIRST) {
      totalCount pageInfo { hasNextPage endCursor } nodes ${selectionOf(fields)}
    }
  }`
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(authorization && { authorization }),
    },
    body: JSON.stringify({ query, variables: { after, createdOn } }),
  }).catch(() => undefined)
  if (!response)
    return failed('The gateway cannot be reached. Is it running? See --url.', after !== null)
  const answer: unknown = await response.json().catch(() => undefined)
  return isAnswer(answer)
    ? answer
    : failed(`Expected an answer of a gateway, got status ${response.status}.`)
}

const failed = (message: string, retryable = true): Answer => ({
  errors: [{ message, extensions: { retryable } }],
})

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && ('data' in value || 'errors' in value)
