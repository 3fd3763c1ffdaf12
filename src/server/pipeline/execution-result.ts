import type { ExecutionResult } from 'graphql'

/** Whether it is one result: not a batch, nor a stream. This gateway makes no others. */
export const isExecutionResult = (result: object): result is ExecutionResult =>
  !Array.isArray(result) && !(Symbol.asyncIterator in result)

/** Whether any root field has a value. */
export const hasData = ({ data }: Pick<ExecutionResult, 'data'>): boolean =>
  Object.values(data ?? {}).some(value => value !== null)
