import type { Endpoint } from './routes.ts'

/** One request as it came in. */
export interface RecordedCall {
  /** `unknown` where the path belongs to no endpoint. */
  readonly endpoint: Endpoint | 'unknown'
  readonly method: string
  readonly path: string
  /** Query parameters as sent, and the path's `id`. */
  readonly parameters: Readonly<Record<string, string>>
  /** The account claimed, right or wrong; null if there was none. */
  readonly account: string | null
  /** 0 until it is answered. */
  readonly status: number
  /** How many records or messages the answer lists; 0 until it is answered. */
  readonly rows: number
}

/** The latest calls, in the order of arrival. */
interface CallLog {
  add(call: RecordedCall): void
  latest(): readonly RecordedCall[]
  clear(): void
}

const PRINTED = [
  'page',
  'per_page',
  'starttime',
  'endtime',
  'time_start',
  'time_end',
  'servicesummary_type',
]

export function createCallLog(limit: number): CallLog {
  let calls: RecordedCall[] = []
  return {
    add(call) {
      calls.push(call)
      // Trimming at twice the limit makes its cost a rare one.
      if (calls.length >= 2 * limit) calls = limit === 0 ? [] : calls.slice(-limit)
    },
    latest: () => (limit === 0 ? [] : calls.slice(-limit)),
    clear() {
      calls = []
    },
  }
}

/** `agent_histories/203 page=1 per_page=100`, with only the parameters that were sent. */
export function callLine(call: RecordedCall): string {
  const { id, ...sent } = call.parameters
  if (call.endpoint === 'unknown') return `unknown ${call.path}`
  const place = id === undefined ? call.endpoint : `${call.endpoint}/${id}`
  const printed = PRINTED.filter(name => sent[name] !== undefined)
  return [place, ...printed.map(name => `${name}=${sent[name]}`)].join(' ')
}
