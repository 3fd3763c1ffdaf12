import type {
  GraphQLAbstractType,
  GraphQLLeafType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql'
import { GraphQLError, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql'
import {
  type CollectedField,
  type CollectedFields,
  type CompleteValue,
  nameOf,
} from './collected-field.ts'
import { completeItem, completeWhenSettled, executeFields } from './execute-fields.ts'
import type { ExecutionContext } from './execution.ts'
import { ResolveInfo } from './resolve-info.ts'
import { ResponsePath } from './response-path.ts'
import type { HasSelectionSet } from './selection.ts'

/** What is selected of objects of a type, below a field of these nodes. */
type CollectFields = (
  context: ExecutionContext,
  type: GraphQLObjectType,
  parents: readonly HasSelectionSet[],
) => CollectedFields

/** How values of a type are completed. Whether one may be null is a matter of its position. */
export function completerOf(
  type: GraphQLOutputType,
  schema: GraphQLSchema,
  collect: CollectFields,
): CompleteValue {
  if (isNonNullType(type)) return completerOf(type.ofType, schema, collect)
  if (isLeafType(type)) return leafCompleter(type)
  if (isListType(type)) return orNull(listCompleter(type, schema, collect))
  if (isObjectType(type)) return orNull(objectCompleter(type, collect))
  return orNull(abstractCompleter(type, schema, collect))
}

const orNull =
  (complete: CompleteValue): CompleteValue =>
  (execution, field, value, path) => {
    if (value instanceof Error) throw value
    return isNone(value) ? null : complete(execution, field, value, path)
  }

function leafCompleter(type: GraphQLLeafType): CompleteValue {
  const serialize = serializerOf(type)
  return (_execution, _field, value) => serialize(value)
}

/** How values of a scalar or an enum are completed: they need to know of nothing else. */
export const serializerOf = (type: GraphQLLeafType) => (value: unknown) => {
  if (isNone(value)) return null
  if (value instanceof Error) throw value
  const serialized = type.serialize(value)
  if (!isNone(serialized)) return serialized
  throw new Error(`Expected ${type.name} to serialize its value, got none.`)
}

function listCompleter(
  { ofType }: GraphQLList<GraphQLOutputType>,
  schema: GraphQLSchema,
  collect: CollectFields,
): CompleteValue {
  const isNullable = !isNonNullType(ofType)
  const complete = completerOf(ofType, schema, collect)
  return (execution, field, value, path) => {
    if (!isIterable(value)) throw noList(field)
    const given = [...value]
    const items: unknown[] = []
    try {
      for (const item of given) {
        const itemPath = new ResponsePath(path, items.length, undefined, isNullable, items)
        items.push(completeItem(execution, field, item, complete, itemPath))
      }
    } catch (error) {
      // Nothing else handles the promises behind the item: they would end the process if they reject.
      for (const item of given.slice(items.length + 1)) execution.waitForNothing(item)
      throw error
    }
    return items
  }
}

function objectCompleter(type: GraphQLObjectType, collect: CollectFields): CompleteValue {
  let selected: CollectedFields | undefined
  return (execution, field, value, path) => {
    selected ??= collect(execution.context, type, field.nodes)
    return executeFields(execution, selected, value, path)
  }
}

/** An interface or a union: its objects are completed as what they turn out to be. */
function abstractCompleter(
  type: GraphQLAbstractType,
  schema: GraphQLSchema,
  collect: CollectFields,
): CompleteValue {
  const completers = new Map(
    schema.getPossibleTypes(type).map(each => [each.name, objectCompleter(each, collect)]),
  )
  return (execution, field, value, path) => {
    const completeAs: CompleteValue = (_execution, _field, typeName) => {
      const complete = completers.get(String(typeName))
      if (!complete) throw noType(type, typeName, field)
      return complete(execution, field, value, path)
    }
    const { contextValue, typeResolver } = execution.context
    const resolveType = type.resolveType ?? typeResolver
    const info = new ResolveInfo(execution, field, fieldPathOf(path).prev)
    const typeName = resolveType(value, contextValue, info, type)
    return completeWhenSettled(execution, field, typeName, completeAs, path)
  }
}

/** The path of the field that a value belongs to, however deep in its lists. */
function fieldPathOf(path: ResponsePath): ResponsePath {
  let at = path
  while (at.typename === undefined && at.prev) at = at.prev
  return at
}

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

const noList = (field: CollectedField) =>
  new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(field)}".`)

const noType = ({ name }: GraphQLAbstractType, typeName: unknown, field: CollectedField) =>
  new GraphQLError(
    isNone(typeName)
      ? `Abstract type "${name}" must resolve to an Object type at runtime for field "${nameOf(field)}". Either the "${name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`
      : `Runtime Object type "${typeName}" is not a possible type for "${name}".`,
  )
