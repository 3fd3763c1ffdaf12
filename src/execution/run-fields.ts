import { type GraphQLError, locatedError, responsePathAsArray } from 'graphql'
import type { Execution } from './execution.ts'
import {
  type Complete,
  placeOf,
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
    result[field.responseName] = runField(execution, field, source, result, place)
  }
  return result
}

function runField(
  execution: Execution,
  field: SelectedField,
  source: unknown,
  result: ResultObject,
  parent: Place | undefined,
): unknown {
  const { resolve, complete, serialize, isNullable } = field
  try {
    const value = resolve(execution, field, source, result, parent)
    // Most values are there at once, with nothing below them: these need no place.
    if (serialize && !isPromise(value)) return orRefused(serialize(value), isNullable, field)
    return completeWhenThere(execution, field, value, complete, placeOf(field, result, parent))
  } catch (error) {
    const place = placeOf(field, result, parent)
    return execution.nullAt(place, located(error, field, place))
  }
}

/** Completes an item of a list. */
export function runItem(
  execution: Execution,
  field: SelectedField,
  value: unknown,
  complete: Complete,
  place: Place,
): unknown {
  try {
    return completeWhenThere(execution, field, value, complete, place)
  } catch (error) {
    return execution.nullAt(place, located(error, field, place))
  }
}

/** Completes a value at once, or leaves its place empty until its promise has settled. */
export function completeWhenThere(
  execution: Execution,
  field: SelectedField,
  value: unknown,
  complete: Complete,
  place: Place,
): unknown {
  const completeNow = (there: unknown) =>
    orRefused(complete(execution, field, there, place), place.isNullable, field)
  if (!isPromise(value)) return completeNow(value)
  const put = (settled: unknown) => place.put(completeNow(settled))
  const fail = (error: unknown) => execution.failFrom(place, located(error, field, place))
  execution.waitFor(value.then(put).then(undefined, fail))
  return undefined
}

function orRefused(completed: unknown, isNullable: boolean, field: SelectedField): unknown {
  if (completed !== null || isNullable) return completed
  throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`)
}

export const nameOf = ({ parentType, definition }: SelectedField) =>
  `${parentType.name}.${definition.name}`

const located = (cause: unknown, { nodes }: SelectedField, place: Place): GraphQLError =>
  locatedError(cause, nodes, responsePathAsArray(place))

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
