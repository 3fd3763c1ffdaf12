import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql'
import { execute as executeAny, locatedError } from 'graphql'
import { Execution } from './execution.ts'
import type { ResultObject } from './field.ts'
import { PreparedDocument } from './prepared-document.ts'
import { runFields } from './run-fields.ts'

export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/**
 * Executes validated documents as `execute` of graphql-js does. What is the same for all objects of
 * a selection is made once, and kept for the document's next execution.
 *
 * It differs where a right schema shows nothing of it. It resolves when all that was begun is over,
 * beside a failure too; of several failures that take away the same value it may tell another one.
 * All objects share a field's arguments, and a resolver that declares fewer than four parameters
 * gets no `info`. `isTypeOf` only tells types apart.
 */
export function createExecute(): Execute {
  const known = new WeakMap<DocumentNode, PreparedDocument>()

  function prepare(args: ExecutionArgs): PreparedDocument {
    const kept = known.get(args.document)
    if (kept?.isFor(args)) return kept
    const prepared = new PreparedDocument(args)
    known.set(args.document, prepared)
    return prepared
  }

  return args => {
    const prepared = prepare(args)
    const scope = prepared.scopeFor(args)
    // What is no query, or has bad variables, runs nothing, and tells why.
    return scope ? runQuery(prepared, new Execution(scope)) : executeAny(args)
  }
}

function runQuery(
  prepared: PreparedDocument,
  execution: Execution,
): ExecutionResult | Promise<ExecutionResult> {
  const data = runRoot(prepared, execution)
  return execution.isPending
    ? execution.settled().then(() => answerOf(execution, data))
    : answerOf(execution, data)
}

function runRoot(prepared: PreparedDocument, execution: Execution): ResultObject | null {
  const { scope } = execution
  try {
    return runFields(execution, prepared.selectionOf(scope), scope.rootValue, undefined)
  } catch (error) {
    execution.failFrom(undefined, locatedError(error, scope.operation))
    return null
  }
}

function answerOf({ errors, isNull }: Execution, result: ResultObject | null): ExecutionResult {
  const data = isNull ? null : result
  return errors.length > 0 ? { errors, data } : { data }
}
