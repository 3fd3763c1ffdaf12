import { type GraphQLError, locatedError, responsePathAsArray } from 'graphql'
import {
  type CollectedField,
  type CollectedFields,
  type CompleteValue,
  nameOf,
  pathOf,
  type ResultObject,
} from './collected-field.ts'
import type { Execution } from './execution.ts'
import { isPromiseLike } from './promise-like.ts'
import type { ResponsePath } from './response-path.ts'

/** Executes the fields of an object; `parent` is the object's path, undefined for the root. */
export function executeFields(
  execution: Execution,
  { fields, createResult }: CollectedFields,
  source: unknown,
  parent: ResponsePath | undefined,
): ResultObject {
  const tooLarge = execution.size.addFields(fields.length)
  if (tooLarge) throw tooLarge
  const result = createResult()
  for (const field of fields) {
    result[field.responseName] = executeField(execution, field, source, result, parent)
  }
  return result
}

function executeField(
  execution: Execution,
  field: CollectedField,
  source: unknown,
  result: ResultObject,
  parent: ResponsePath | undefined,
): unknown {
  const { resolve, complete, serialize } = field
  let path: ResponsePath | undefined
  try {
    const value = resolve(execution, field, source, parent)
    // Most values are there at once, with nothing below them: these need no path.
    if (serialize && !isPromiseLike(value))
      return nonNull(serialize(value), field.isNullable, field)
    path = pathOf(field, result, parent)
    return completeWhenSettled(execution, field, value, complete, path)
  } catch (error) {
    // The same path as what is below has: by it, an error below finds that this is null already.
    path ??= pathOf(field, result, parent)
    return execution.handleFieldError(path, located(error, field, path))
  }
}

/** Completes an item of a list. */
export function completeItem(
  execution: Execution,
  field: CollectedField,
  value: unknown,
  complete: CompleteValue,
  path: ResponsePath,
): unknown {
  try {
    return completeWhenSettled(execution, field, value, complete, path)
  } catch (error) {
    return execution.handleFieldError(path, located(error, field, path))
  }
}

/** Completes a value at once, or leaves its position empty until its promise has settled. */
export function completeWhenSettled(
  execution: Execution,
  field: CollectedField,
  value: unknown,
  complete: CompleteValue,
  path: ResponsePath,
): unknown {
  const completeNow = (settled: unknown) =>
    nonNull(complete(execution, field, settled, path), path.isNullable, field)
  if (!isPromiseLike(value)) return completeNow(value)
  const put = (settled: unknown) => path.put(completeNow(settled))
  const fail = (error: unknown) => execution.propagateNull(path, located(error, field, path))
  // A promise of our own never calls back at once, when the position is not there yet.
  execution.waitFor(Promise.resolve(value).then(put).then(undefined, fail))
  return undefined
}

/** Gives the completed value; throws for a null that may not be. */
function nonNull(completed: unknown, isNullable: boolean, field: CollectedField): unknown {
  if (completed !== null || isNullable) return completed
  throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`)
}

const located = (cause: unknown, { nodes }: CollectedField, path: ResponsePath): GraphQLError =>
  locatedError(cause, nodes, responsePathAsArray(path))
