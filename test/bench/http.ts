import { request } from 'undici'

/** A request that asks a server for an operation. */
export interface OperationRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const TIMEOUT_MS = 60_000

export const graphqlRequest = (
  origin: string,
  document: string,
  variables?: Readonly<Record<string, unknown>>,
): OperationRequest => ({
  url: `${origin}/graphql`,
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  body: JSON.stringify({ query: document, variables }),
})

/** The whole body of a right answer. Throws for any other, a GraphQL answer with errors too. */
export async function fetchAnswer({ url, ...options }: OperationRequest): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const { statusCode, body } = await request(url, { ...options, signal })
  const text = await body.text()
  if (statusCode === 200 && (JSON.parse(text) as { errors?: unknown }).errors === undefined)
    return text
  throw new Error(`${url} answered ${statusCode} ${text.slice(0, 500)} to ${options.body ?? ''}`)
}

export const dataOf = <Data>(answer: string): Data => (JSON.parse(answer) as { data: Data }).data
