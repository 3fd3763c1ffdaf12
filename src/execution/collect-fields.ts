import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql'
import {
  getNullableType,
  isLeafType,
  isNonNullType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql'
import type { CollectedField, CollectedFields } from './collected-field.ts'
import { completerOf, serializerOf } from './complete-value.ts'
import type { ExecutionContext } from './execution.ts'
import { argsOf, resolveBy } from './resolve-field-value.ts'
import { type HasSelectionSet, subfieldsOf } from './selection.ts'

/** What is selected of objects of a type, read once for all of them. */
export function collectFields(
  context: ExecutionContext,
  type: GraphQLObjectType,
  parents: readonly HasSelectionSet[],
): CollectedFields {
  const named = [...subfieldsOf(parents, context, type)]
  const fields = named.flatMap(([name, nodes]) => collectField(context, type, name, nodes))
  return { fields, createResult: resultCreator(fields) }
}

/** Empty if the type has no such field, which a validated document never selects. */
function collectField(
  context: ExecutionContext,
  parentType: GraphQLObjectType,
  responseName: string,
  nodes: readonly FieldNode[],
): CollectedField[] {
  const [node] = nodes
  const definition = node && definitionOf(context.schema, parentType, node.name.value)
  if (!definition) return []
  const { type } = definition
  const nullableType = getNullableType(type)
  const field: CollectedField = {
    responseName,
    nodes,
    parentType,
    definition,
    isNullable: !isNonNullType(type),
    args: argsOf(definition, node),
    resolve: resolveBy(definition.resolve ?? context.fieldResolver),
    complete: completerOf(type, context.schema, collectFields),
    serialize: isLeafType(nullableType) ? serializerOf(nullableType) : undefined,
  }
  return [field]
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

/** Copies of one object that has all names: an object that grows name by name takes more time. */
function resultCreator(fields: readonly CollectedField[]): CollectedFields['createResult'] {
  const names = fields.map(({ responseName }) => responseName)
  // In a plain object this name would set the prototype.
  if (names.includes('__proto__')) return () => Object.create(null)
  const empty = Object.fromEntries(names.map(name => [name, undefined]))
  return () => ({ ...empty })
}
