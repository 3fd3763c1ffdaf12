import { type GraphQLError, locatedError, responsePathAsArray } from 'graphql'
import type { Execution } from './execution.ts'
import {
  type Complete,
  FieldOfObject,
  type ResultObject,
  type SelectedField,
  type Selection,
} from './field.ts'
import type { Place } from './place.ts'

/** Resolves the fields of an object; `place` is where it stands, undefined for the root. */
export function runFields(
  execution: Execution,
  { fields, createResult }: Selection,
  source: unknown,
  place: Place | undefined,
): ResultObject {
  const result = createResult()
  for (const field of fields) {
    result[field.responseName] = runField(execution, field, source, place, result)
  }
  return result
}

function runField(
  execution: Execution,
  selected: SelectedField,
  source: unknown,
  parent: Place | undefined,
  result: object,
): unknown {
  const { contextValue, fieldResolver } = execution.scope
  const { definition, args, complete } = selected
  const field = new FieldOfObject(execution, selected, parent, result)
  const resolve = definition.resolve ?? fieldResolver
  try {
    const value = resolve(source, args(), contextValue, field)
    return completeWhenThere(execution, value, complete, field, undefined)
  } catch (error) {
    return execution.nullAt(field.path, located(error, field, field.path))
  }
}

/** Completes an item of a list. */
export function runItem(
  execution: Execution,
  value: unknown,
  complete: Complete,
  field: FieldOfObject,
  place: Place,
): unknown {
  try {
    return completeWhenThere(execution, value, complete, field, place)
  } catch (error) {
    return execution.nullAt(place, located(error, field, place))
  }
}

/** Completes a value at once, or leaves its place empty until its promise has settled. */
export function completeWhenThere(
  execution: Execution,
  value: unknown,
  complete: Complete,
  field: FieldOfObject,
  place: Place | undefined,
): unknown {
  if (!isPromise(value)) return complete(value, field, place)
  const at = place ?? field.path
  const put = (settled: unknown) => at.put(complete(settled, field, at))
  const fail = (error: unknown) => execution.failFrom(at, located(error, field, at))
  execution.waitFor(value.then(put).then(undefined, fail))
  return undefined
}

const located = (cause: unknown, { fieldNodes }: FieldOfObject, place: Place): GraphQLError =>
  locatedError(cause, fieldNodes, responsePathAsArray(place))

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
