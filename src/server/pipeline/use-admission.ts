import type { GraphQLSchema } from 'graphql'
import { createExecute } from '../../execution/execute.ts'
import { refusalOf } from '../../schema/plan/call-limit.ts'
import type { Expectations } from '../../schema/plan/expectations.ts'
import type { Plan } from '../../schema/plan/plan.ts'
import { createOperationReader, type ReadOperation } from '../../schema/plan/read-operation.ts'
import { withRestOfCalls } from '../../schema/plan/rest-of-calls.ts'
import type { DocumentLimits } from '../../variables/limits.ts'
import {
  type Caller,
  type ServerContext,
  type ServerPlugin,
  wantsPlanOnly,
} from './operation-context.ts'

/**
 * Decides whether an operation may run, before anything of it does: its variables and arguments are
 * right, and it needs no more than `maxCalls` upstream calls at most. One whose plan alone is wanted
 * does not run either. All others are executed by this gateway's own executor, with the variables as
 * they were read here.
 */
export function useAdmission(
  schema: GraphQLSchema,
  maxCalls: number,
  { answerFields }: DocumentLimits,
): ServerPlugin {
  const readOperation = createOperationReader(schema)
  const execute = createExecute(answerFields)
  const admit: OnExecute = ({
    args: { document, operationName, variableValues, contextValue },
    setResultAndStopExecution,
    setExecuteFn,
  }) => {
    const { trace, incoming, caller, asked } = contextValue as ServerContext
    const operation = readOperation(document, operationName, variableValues ?? {})
    if (operation.errors.length > 0) {
      return setResultAndStopExecution({ errors: caller.refusalsOf(operation.errors) })
    }
    const plan = planOf(operation, caller, maxCalls)
    trace.plan = caller.withHeld(plan, asked)
    if (wantsPlanOnly(incoming)) return setResultAndStopExecution({ data: null })
    const refusal = refusalOf(plan, maxCalls, operation.fitTo)
    if (refusal) return setResultAndStopExecution({ errors: caller.refusalsOf([refusal]) })
    setExecuteFn(args => execute(args, operation.variableValues))
    trace.callBudget = budgetOf(plan, maxCalls)
    trace.replan = replanner(operation, contextValue as ServerContext, maxCalls)
  }
  return {
    onExecute(payload) {
      const { caller } = payload.args.contextValue as ServerContext
      return caller.learnFromOthers()?.then(() => admit(payload)) ?? admit(payload)
    },
  }
}

const planOf = (operation: ReadOperation, caller: Caller, maxCalls: number) =>
  withRestOfCalls(
    operation.plan(() => caller.known),
    maxCalls,
  )

const budgetOf = ({ atMost, spare }: Plan, maxCalls: number) => Math.min(atMost + spare, maxCalls)

/**
 * A function of its own, because V8 would hold on to all of the request if the closure were made where it
 * is admitted: see src/README.md.
 */
function replanner(operation: ReadOperation, { trace, caller }: ServerContext, maxCalls: number) {
  let pages = pagesKnown(caller.known)
  return () => {
    if (pagesKnown(caller.known) === pages) return
    pages = pagesKnown(caller.known)
    const anew = planOf(operation, caller, maxCalls)
    if (budgetOf(anew, maxCalls) <= trace.callBudget) return
    trace.plan = { ...anew, expected: trace.plan.expected }
    trace.callBudget = budgetOf(anew, maxCalls)
  }
}

/** What decides how many calls an operation may make, and may become known while it runs. */
const pagesKnown = (known: Expectations) =>
  (['histories', 'agent_histories'] as const)
    .map(endpoint => known.pageSizeOf(endpoint))
    .map(({ rows, isFixed }) => `${rows} ${isFixed}`)
    .join() + known.mostEmptyPages

type OnExecute = NonNullable<ServerPlugin['onExecute']>
