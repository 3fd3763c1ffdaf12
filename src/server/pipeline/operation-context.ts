import type { IncomingMessage } from 'node:http'
import type { Plugin } from 'graphql-yoga'
import { type Expectations, NOTHING_KNOWN } from '../../schema/plan/expectations.ts'
import { NO_CALLS, type Plan } from '../../schema/plan/plan.ts'

/** What is known of a request before its operation is. */
export interface ServerContext {
  readonly incoming: IncomingMessage
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal
  readonly trace: OperationTrace
}

/** A step of the pipeline. */
export type ServerPlugin = Plugin<ServerContext, ServerContext>

/** What the log and the answer say of one request to the graph, gathered while it is answered. */
export interface OperationTrace {
  readonly requestId: string
  readonly startedAtMs: number
  operationName: string | undefined
  operationType: string | undefined
  /** What is known of the upstream as the caller sees it. */
  known: Expectations
  /** What it costs upstream, as planned before it runs. */
  plan: Plan
  /** How many upstream calls it may make. */
  callBudget: number
  /** How many it has made, those under way included. */
  callsMade: number
  /** Rows of the upstream that could not be read, and were left out. */
  omittedRows: number
  /** How many values of a field could not be read, by the upstream's name of the field. */
  readonly unreadable: Map<string, number>
  /** Codes of the system behind its errors, such as ECONNREFUSED: for the log, not for callers. */
  causes: readonly string[]
}

/** Whether an answer says what it costs: `x-explain: 1`, or `only` to have nothing run. */
const EXPLAIN_HEADER = 'x-explain'

export const wantsPlanOnly = ({ headers }: IncomingMessage): boolean =>
  headers[EXPLAIN_HEADER] === 'only'

export const wantsCost = (incoming: IncomingMessage): boolean =>
  incoming.headers[EXPLAIN_HEADER] === '1' || wantsPlanOnly(incoming)

const NAME = /^[_A-Za-z][_0-9A-Za-z]{0,63}$/

export const createOperationTrace = (requestId: string): OperationTrace => ({
  requestId,
  startedAtMs: performance.now(),
  operationName: undefined,
  operationType: undefined,
  known: NOTHING_KNOWN,
  plan: NO_CALLS,
  callBudget: 0,
  callsMade: 0,
  omittedRows: 0,
  unreadable: new Map(),
  causes: [],
})

/** Counts a value that could not be read. */
export function noteUnreadable({ unreadable }: OperationTrace, field: string): void {
  unreadable.set(field, (unreadable.get(field) ?? 0) + 1)
}

/** Callers choose names freely, so only those of a usual shape and length are logged. */
export const boundedName = (name: string | undefined): string | undefined =>
  name === undefined || NAME.test(name) ? name : 'invalid'
