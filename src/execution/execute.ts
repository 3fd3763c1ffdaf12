import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql'
import { execute as executeAny, GraphQLError, locatedError } from 'graphql'
import type { ResultObject } from './collected-field.ts'
import { executeFields } from './execute-fields.ts'
import { Execution, type ExecutionContext } from './execution.ts'
import { PreparedDocument } from './prepared-document.ts'

/** `coerced` are the variables of `args` as their types want them, if they were coerced before. */
export type Execute = (
  args: ExecutionArgs,
  coerced?: ExecutionContext['variableValues'],
) => ExecutionResult | Promise<ExecutionResult>

/**
 * Executes validated documents as `execute` of graphql-js does. An answer that would have more fields
 * than `maxFields` (an error counts as twenty) is an error alone, which says so. What is the same for all objects of
 * a selection is made once, and kept for the document's next execution.
 *
 * It differs from graphql-js only in what the resolvers of a sound schema do not notice: it resolves
 * once all that was begun is over, even if something failed; if several errors make the same position
 * null, it may report another one of them; all objects share a field's arguments, which are frozen;
 * and `isTypeOf` serves to find the type of an object, not to check it.
 *
 * It takes half the time of graphql-js's own. Delete it once graphql-js has a compiled executor
 * (https://github.com/graphql/graphql-js/pull/4769).
 */
export function createExecute(maxFields = Number.POSITIVE_INFINITY): Execute {
  const known = new WeakMap<DocumentNode, PreparedDocument>()

  function prepare(args: ExecutionArgs): PreparedDocument {
    const kept = known.get(args.document)
    if (kept?.isFor(args)) return kept
    const prepared = new PreparedDocument(args)
    known.set(args.document, prepared)
    return prepared
  }

  return (args, coerced) => {
    const prepared = prepare(args)
    const context = prepared.contextFor(args, coerced)
    // Runs nothing, and says why: it is no query, or has variables that it does not take.
    return context ? executeQuery(prepared, new Execution(context, maxFields)) : executeAny(args)
  }
}

function executeQuery(
  prepared: PreparedDocument,
  execution: Execution,
): ExecutionResult | Promise<ExecutionResult> {
  const data = executeRoot(prepared, execution)
  return execution.isPending
    ? execution.settled().then(() => answerOf(execution, data))
    : answerOf(execution, data)
}

function executeRoot(prepared: PreparedDocument, execution: Execution): ResultObject | null {
  const { context } = execution
  try {
    return executeFields(execution, prepared.fieldsOf(context), context.rootValue, undefined)
  } catch (error) {
    execution.propagateNull(undefined, locatedError(error, context.operation))
    return null
  }
}

function answerOf(
  { errors, isNull, size: { tooLarge } }: Execution,
  result: ResultObject | null,
): ExecutionResult {
  // It has no place in the answer: all of it is too large.
  if (tooLarge)
    return { errors: [new GraphQLError(tooLarge.message, { extensions: tooLarge.extensions })] }
  const data = isNull ? null : result
  return errors.length > 0 ? { errors, data } : { data }
}
