import type { Query } from '../upstream/client.ts'
import type { EndpointName } from '../upstream/endpoint.ts'
import { UpstreamNotFoundError } from '../upstream/errors.ts'

/** What an answer is about: how long it holds depends on that. */
export const ANSWER_KINDS = [
  'list_of_today',
  'list_of_past_days',
  'block',
  'completed_chat',
  'open_chat',
  'filled_summary',
  'empty_summary',
  'absent_page',
] as const

export type AnswerKind = (typeof ANSWER_KINDS)[number]

/** For how long after it was received an answer is given, in milliseconds. */
export interface Lifetime {
  readonly freshMs: number
  /** At least as long as it is fresh. In between it is given while it is asked for again. */
  readonly staleMs: number
}

export type Lifetimes = Readonly<Record<AnswerKind, Lifetime>>

/** A call of the upstream, as far as it decides what its answer is about. */
export interface AskedFor {
  readonly endpoint: EndpointName
  readonly query: Query
  /** Whether what it asks for should not change any more: the chat of a completed session. */
  readonly isLasting: boolean
}

/** `body` is the answer as it came, or the error of one that is not there; `nowMs` is since 1970. */
export function kindOf(
  { endpoint, query, isLasting }: AskedFor,
  body: unknown,
  nowMs: number,
): AnswerKind {
  if (body instanceof UpstreamNotFoundError) return 'absent_page'
  if (endpoint === 'chatrecords') return isLasting ? 'completed_chat' : 'open_chat'
  if (endpoint === 'servicesummary') return isFilledIn(body) ? 'filled_summary' : 'empty_summary'
  const lastDay = query.endtime
  return typeof lastDay === 'string' && isBeforeToday(lastDay, nowMs)
    ? 'list_of_past_days'
    : 'list_of_today'
}

/**
 * Whether it proves no null that a page is not there: some upstreams do not find what has no rows, such
 * as a page beyond the last one, or the records of an agent without any.
 */
export const mayHoldAbsence = ({ endpoint, query }: Omit<AskedFor, 'isLasting'>): boolean =>
  endpoint === 'agent_histories' || (typeof query.page === 'number' && query.page > 1)

/** The other states of a summary have numbers of their own in its place. */
const isFilledIn = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'status' in body && String(body.status) === '200'

const CHINA_MS = 8 * 60 * 60 * 1000

/** Whether a day of China, such as `2017-08-27`, was over at a time in milliseconds since 1970. */
export const isBeforeToday = (day: string, nowMs: number): boolean => day < todayInChina(nowMs)

const todayInChina = (nowMs: number): string =>
  new Date(nowMs + CHINA_MS).toISOString().slice(0, 10)
