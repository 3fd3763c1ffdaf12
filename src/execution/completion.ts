import type {
  GraphQLAbstractType,
  GraphQLLeafType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql'
import { GraphQLError, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql'
import type { Scope } from './execution.ts'
import { type Complete, FieldInfo, type SelectedField, type Selection } from './field.ts'
import { Place } from './place.ts'
import { completeWhenThere, nameOf, runFields, runItem } from './run-fields.ts'
import type { Selecting } from './selection.ts'

/** What is selected of objects of a type, below a field of these nodes. */
export type Select = (
  scope: Scope,
  type: GraphQLObjectType,
  parents: readonly Selecting[],
) => Selection

/** How values of a type are completed. Whether one may be null is for its place to say. */
export function completionOf(
  type: GraphQLOutputType,
  schema: GraphQLSchema,
  select: Select,
): Complete {
  if (isNonNullType(type)) return completionOf(type.ofType, schema, select)
  if (isLeafType(type)) return completionOfLeaf(type)
  if (isListType(type)) return orNull(completionOfList(type, schema, select))
  if (isObjectType(type)) return orNull(completionOfObject(type, select))
  return orNull(completionOfAbstract(type, schema, select))
}

const orNull =
  (complete: Complete): Complete =>
  (execution, field, value, place) => {
    if (value instanceof Error) throw value
    return isNone(value) ? null : complete(execution, field, value, place)
  }

function completionOfLeaf(type: GraphQLLeafType): Complete {
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

function completionOfList(
  { ofType }: GraphQLList<GraphQLOutputType>,
  schema: GraphQLSchema,
  select: Select,
): Complete {
  const isNullable = !isNonNullType(ofType)
  const complete = completionOf(ofType, schema, select)
  return (execution, field, value, place) => {
    if (!isIterable(value)) throw noList(field)
    const items: unknown[] = []
    for (const item of value) {
      const itemPlace = new Place(place, items.length, undefined, isNullable, items)
      items.push(runItem(execution, field, item, complete, itemPlace))
    }
    return items
  }
}

function completionOfObject(type: GraphQLObjectType, select: Select): Complete {
  let selection: Selection | undefined
  return (execution, field, value, place) => {
    selection ??= select(execution.scope, type, field.nodes)
    return runFields(execution, selection, value, place)
  }
}

/** An interface or a union: its objects are completed as what they turn out to be. */
function completionOfAbstract(
  type: GraphQLAbstractType,
  schema: GraphQLSchema,
  select: Select,
): Complete {
  const completions = new Map(
    schema.getPossibleTypes(type).map(each => [each.name, completionOfObject(each, select)]),
  )
  return (execution, field, value, place) => {
    const completeAs: Complete = (_execution, _field, typeName) => {
      const complete = completions.get(String(typeName))
      if (!complete) throw noType(type, typeName, field)
      return complete(execution, field, value, place)
    }
    const { contextValue, typeResolver } = execution.scope
    const resolveType = type.resolveType ?? typeResolver
    const info = new FieldInfo(execution, field, fieldOf(place))
    const typeName = resolveType(value, contextValue, info, type)
    return completeWhenThere(execution, field, typeName, completeAs, place)
  }
}

/** The place of the field of which a place is an item. */
function fieldOf(place: Place): Place {
  let at = place
  while (at.typename === undefined && at.prev) at = at.prev
  return at
}

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

const noList = (field: SelectedField) =>
  new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(field)}".`)

const noType = ({ name }: GraphQLAbstractType, typeName: unknown, field: SelectedField) =>
  new GraphQLError(
    isNone(typeName)
      ? `Abstract type "${name}" must resolve to an Object type at runtime for field "${nameOf(field)}". Either the "${name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`
      : `Runtime Object type "${typeName}" is not a possible type for "${name}".`,
  )
