import { ListInconclusiveError } from '../../history/list-inconclusive.ts'
import type { OperationTrace } from './operation-context.ts'

/** Counts a call that is about to be made; throws if the operation has made all that it may. */
export function beginCall(trace: OperationTrace): void {
  if (trace.upstreamCalls >= trace.callBound) {
    throw new ListInconclusiveError(
      `This needs more upstream calls than the operation may make (${trace.callBound}): the lists are not as they should be, or change too fast. Try again, or ask for less.`,
    )
  }
  trace.upstreamCalls += 1
}
