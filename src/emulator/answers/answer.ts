import type { AnswerOddities, Body, Oddities } from '../odd/oddities.ts'
import { authenticate } from './accounts.ts'
import type { Delivery } from './deliveries.ts'
import { ANSWERERS, type Source } from './endpoints.ts'
import type { Incoming } from './incoming.ts'
import { Refusal } from './refusal.ts'
import type { Endpoint } from './routes.ts'

/** A whole HTTP answer. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** Default: whole and at once. */
  readonly deliver?: Delivery
}

/** Every call gets an answer: a refusal becomes its 4xx, anything else is thrown on. */
export function answerTo(source: Source, incoming: Incoming): Answer {
  const { route, call } = incoming
  const { body = same, wire = same } = route ? odditiesOf(source.oddities, route.endpoint) : {}
  const answer = answerOrRefusal(() => {
    const found = content(source, incoming)
    incoming.call.rows = countRows(found)
    return body(found, call)
  })
  return wire(answer, call)
}

function answerOrRefusal(answered: () => unknown): Answer {
  try {
    return { status: 200, headers: {}, body: JSON.stringify(answered()) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { status, headers, message } = error
    return { status, headers, body: JSON.stringify({ status: String(status), message }) }
  }
}

function content(source: Source, { route, authorization, call }: Incoming): Body {
  if (!route) throw new Refusal(404, 'there is no such path')
  if (call.method !== 'GET') throw new Refusal(405, 'only GET is allowed', { Allow: 'GET' })
  const account = authenticate(authorization, source.administrators)
  if (!account.isAdministrator && route.endpoint !== 'servicesummary')
    throw new Refusal(403, 'only administrators may call this')
  return ANSWERERS[route.endpoint](source, call.path, call.parameters)
}

const same = <T>(value: T): T => value

function odditiesOf(oddities: Oddities, endpoint: Endpoint): AnswerOddities {
  const ofLists = /histories/.test(endpoint) ? oddities.lists : {}
  return { ...oddities.everywhere, ...ofLists, ...oddities[endpoint] }
}

interface ListAnswer {
  readonly remoterecords?: readonly object[]
  readonly remote_chatrecords?: { readonly contents: readonly object[] }
}

const countRows = ({ remoterecords, remote_chatrecords }: ListAnswer) =>
  (remoterecords ?? remote_chatrecords?.contents ?? []).length
