import { SECRETS, scopesShown } from '../server/attacks/secrets.ts'
import type { Credentials } from './callers.ts'
import type { Outcome } from './exchange.ts'
import { CANARY } from './values.ts'

/** All that can be seen of one request. */
export interface Seen {
  readonly outcome: Outcome
  /** What was logged and audited meanwhile. */
  readonly written: string
  readonly upstreamCalls: number
  /** What is in a text and belongs nowhere but into data. */
  readonly leaksIn: (text: string) => readonly string[]
  readonly credentials: Credentials
}

interface Answer {
  readonly data?: unknown
  readonly errors?: unknown
  readonly extensions?: unknown
}

/** Far more than any request takes. */
export const MOST_CPU_MS = 200

/** What must never be, whatever was asked. */
export function faultsOf(seen: Seen): string[] {
  const { outcome, written, upstreamCalls, credentials } = seen
  const { status, headers, body, cpuMs } = outcome
  const answer = parse(body)
  const withoutData = answer ? JSON.stringify({ ...answer, data: 0 }) : body
  const beside = [headers, written, withoutData].join('\n')
  const everything = [headers, written, body].join('\n')
  const leaks = seen.leaksIn(beside)
  // HEAD has no body.
  const hasData = answer?.data !== undefined || (status === 200 && body === '')
  const forbidden = forbiddenIn(JSON.stringify(answer?.data) ?? '', credentials)
  const faults: [boolean, string][] = [
    [status === 0, `no answer: ${body}`],
    [status >= 500, `status ${status}: ${body.slice(0, 300)}`],
    [everything.includes('INTERNAL_SERVER_ERROR'), 'an unexpected error'],
    [written.includes('unexpected-error'), `logged: ${written.slice(0, 600)}`],
    [SECRETS.some(secret => everything.includes(secret)), 'an account leaks'],
    [leaks.length > 0, `outside of data: ${leaks} in ${beside.slice(0, 300)}`],
    [beside.includes(CANARY), `a value of the caller is repeated: ${beside.slice(0, 300)}`],
    [forbidden.length > 0, `what the caller may not read: ${forbidden}`],
    [!hasData && upstreamCalls > callsToRefuse(seen), `${upstreamCalls} calls, and refused`],
    [cpuMs > MOST_CPU_MS, `${Math.round(cpuMs)} ms of CPU`],
  ]
  return faults.flatMap(([isFault, fault]) => (isFault ? [fault] : []))
}

/** Whether an account is right, only a call can say. */
const callsToRefuse = ({ outcome: { status } }: Seen): number => (status === 401 ? 1 : 0)

function forbiddenIn(data: string, { scopes }: Credentials): string[] {
  if (scopes === undefined) return data === '' ? [] : ['anything']
  return scopesShown(data).filter(scope => !scopes.includes(scope))
}

function parse(body: string): Answer | undefined {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
