import type {
  FieldNode,
  GraphQLAbstractType,
  GraphQLField,
  GraphQLLeafType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql'
import {
  GraphQLError,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql'
import type { Execution } from './execution.ts'
import type { Complete, FieldOfObject, SelectedField, Selection } from './field.ts'
import { Place } from './place.ts'
import { completeWhenThere, runFields, runItem } from './run-fields.ts'
import { type Selecting, subfieldsOf } from './selection.ts'

/** What is selected of objects of a type, read once for all of them. */
export function selectFields(
  execution: Execution,
  type: GraphQLObjectType,
  parents: readonly Selecting[],
): Selection {
  const named = [...subfieldsOf(parents, execution.scope, type)]
  const fields = named.flatMap(([name, nodes]) => selectField(execution, type, name, nodes))
  // Plain objects are the fastest, but this name would set their prototype.
  const isPlain = !fields.some(({ responseName }) => responseName === '__proto__')
  return { fields, createResult: () => (isPlain ? {} : Object.create(null)) }
}

/** Empty where the type has no such field; a validated document selects none such. */
function selectField(
  execution: Execution,
  parentType: GraphQLObjectType,
  responseName: string,
  nodes: readonly FieldNode[],
): SelectedField[] {
  const { schema, variableValues } = execution.scope
  const [node] = nodes
  const definition = node && definitionOf(schema, parentType, node.name.value)
  if (!definition) return []
  const { type } = definition
  const args = once(() => getArgumentValues(definition, node, variableValues))
  const isNullable = !isNonNullType(type)
  const complete = completionOf(type, execution)
  return [{ responseName, nodes, parentType, definition, isNullable, args, complete }]
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const META_FIELDS = [SchemaMetaFieldDef, TypeMetaFieldDef]

function definitionOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef
  const meta = type === schema.getQueryType() && META_FIELDS.find(field => field.name === name)
  return meta || type.getFields()[name]
}

function completionOf(type: GraphQLOutputType, execution: Execution): Complete {
  if (isNonNullType(type)) return neverNull(completionOf(type.ofType, execution))
  if (isLeafType(type)) return orNull(completionOfLeaf(type))
  if (isListType(type)) return orNull(completionOfList(type, execution))
  if (isObjectType(type)) return orNull(completionOfObject(type, execution))
  return orNull(completionOfAbstract(type, execution))
}

const orNull =
  (complete: Complete): Complete =>
  (value, field, place) => {
    if (value instanceof Error) throw value
    return value === null || value === undefined ? null : complete(value, field, place)
  }

const neverNull =
  (complete: Complete): Complete =>
  (value, field, place) => {
    const completed = complete(value, field, place)
    if (completed !== null) return completed
    throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`)
  }

function completionOfLeaf(type: GraphQLLeafType): Complete {
  return value => {
    const serialized = type.serialize(value)
    if (serialized !== null && serialized !== undefined) return serialized
    throw new Error(`Expected ${type.name} to serialize its value, got none.`)
  }
}

function completionOfList(type: GraphQLList<GraphQLOutputType>, execution: Execution): Complete {
  const isNullable = !isNonNullType(type.ofType)
  const complete = completionOf(type.ofType, execution)
  return (value, field, place = field.path) => {
    if (!isIterable(value)) throw noList(field)
    const items: unknown[] = []
    for (const item of value) {
      const itemPlace = new Place(place, items.length, undefined, isNullable, items)
      items.push(runItem(execution, item, complete, field, itemPlace))
    }
    return items
  }
}

function completionOfObject(type: GraphQLObjectType, execution: Execution): Complete {
  let selection: Selection | undefined
  return (value, field, place = field.path) => {
    selection ??= selectFields(execution, type, field.fieldNodes)
    return runFields(execution, selection, value, place)
  }
}

/** An interface or a union: its objects are completed as what they turn out to be. */
function completionOfAbstract(type: GraphQLAbstractType, execution: Execution): Complete {
  const { schema, contextValue, typeResolver } = execution.scope
  const resolveType = type.resolveType ?? typeResolver
  const completions = new Map(
    schema.getPossibleTypes(type).map(each => [each.name, completionOfObject(each, execution)]),
  )
  return (value, field, place = field.path) => {
    const completeAs = (typeName: unknown) => {
      const complete = completions.get(String(typeName))
      if (!complete) throw noType(type, typeName, field)
      return complete(value, field, place)
    }
    const typeName = resolveType(value, contextValue, field, type)
    return completeWhenThere(execution, typeName, completeAs, field, place)
  }
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

const nameOf = ({ parentType, fieldName }: FieldOfObject) => `${parentType.name}.${fieldName}`

const noList = (field: FieldOfObject) =>
  new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(field)}".`)

const noType = ({ name }: GraphQLAbstractType, typeName: unknown, field: FieldOfObject) =>
  new GraphQLError(
    typeName === undefined || typeName === null
      ? `Abstract type "${name}" must resolve to an Object type at runtime for field "${nameOf(field)}". Either the "${name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`
      : `Runtime Object type "${typeName}" is not a possible type for "${name}".`,
  )
