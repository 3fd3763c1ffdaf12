import { randomUUID } from 'node:crypto'

/** What is told of one request to the graph, gathered while it is answered. */
export interface OperationTrace {
  readonly requestId: string
  readonly startedAtMs: number
  operationName: string | undefined
  operationType: string | undefined
  upstreamCalls: number
}

const NAME = /^[_A-Za-z][_0-9A-Za-z]{0,63}$/

export const createOperationTrace = (): OperationTrace => ({
  requestId: randomUUID(),
  startedAtMs: performance.now(),
  operationName: undefined,
  operationType: undefined,
  upstreamCalls: 0,
})

/** Callers choose names: only those of a usual shape and length are told. */
export const boundedName = (name: string | undefined): string | undefined =>
  name === undefined || NAME.test(name) ? name : 'invalid'
