import type { IncomingMessage } from 'node:http'
import type { Plugin } from 'graphql-yoga'

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
  /** How many upstream calls it may make at most. */
  callBound: number
  /** How many it has made, those under way included. */
  upstreamCalls: number
  /** Rows of the upstream that could not be read, and were left out. */
  omittedRows: number
  /** Codes of the system behind its errors, such as ECONNREFUSED: for the log, not for callers. */
  causes: readonly string[]
}

const NAME = /^[_A-Za-z][_0-9A-Za-z]{0,63}$/

export const createOperationTrace = (requestId: string): OperationTrace => ({
  requestId,
  startedAtMs: performance.now(),
  operationName: undefined,
  operationType: undefined,
  callBound: 0,
  upstreamCalls: 0,
  omittedRows: 0,
  causes: [],
})

/** Callers choose names freely, so only those of a usual shape and length are logged. */
export const boundedName = (name: string | undefined): string | undefined =>
  name === undefined || NAME.test(name) ? name : 'invalid'
