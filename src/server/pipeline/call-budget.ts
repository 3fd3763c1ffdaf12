import type { OperationTrace } from './operation-context.ts'

/** The operation has made all the upstream calls that it may make. */
export class CallBudgetError extends Error {
  override readonly name = 'CallBudgetError'
  readonly made: number
  readonly atMost: number

  constructor({ callsMade, plan }: OperationTrace) {
    super(
      `This needs more upstream calls than the ${plan.atMost} planned: ${callsMade} were made, and no more are allowed. The lists change too fast, hide too many rows, or have pages that are too small. Ask for less, or for fewer days.`,
    )
    this.made = callsMade
    this.atMost = plan.atMost
  }
}

/** Counts a call that is about to be made; throws CallBudgetError if no more may be made. */
export function beginCall(trace: OperationTrace): void {
  if (trace.callsMade >= trace.plan.atMost) trace.replan()
  if (trace.callsMade >= trace.callBudget) throw new CallBudgetError(trace)
  trace.callsMade += 1
}
