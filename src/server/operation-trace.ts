import { ListInconclusiveError } from '../history/list-inconclusive.ts'

/** What is told of one request to the graph, gathered while it is answered. */
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
  /** Codes of what lies behind its errors, such as ECONNREFUSED: for those who run the gateway. */
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

/** Counts a call that is about to be made; throws where the operation has made all that it may. */
export function beginCall(trace: OperationTrace): void {
  if (trace.upstreamCalls >= trace.callBound) {
    throw new ListInconclusiveError(
      `This needs more upstream calls than the operation may make (${trace.callBound}): the lists are not as they should be, or change too fast. Try again, or ask for less.`,
    )
  }
  trace.upstreamCalls += 1
}

/** Callers choose names: only those of a usual shape and length are told. */
export const boundedName = (name: string | undefined): string | undefined =>
  name === undefined || NAME.test(name) ? name : 'invalid'
