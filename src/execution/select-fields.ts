import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql'
import {
  getNullableType,
  isLeafType,
  isNonNullType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql'
import { completionOf, serializerOf } from './completion.ts'
import type { Scope } from './execution.ts'
import type { SelectedField, Selection } from './field.ts'
import { argsOf, resolveBy } from './resolution.ts'
import { type Selecting, subfieldsOf } from './selection.ts'

/** What is selected of objects of a type, read once for all of them. */
export function selectFields(
  scope: Scope,
  type: GraphQLObjectType,
  parents: readonly Selecting[],
): Selection {
  const named = [...subfieldsOf(parents, scope, type)]
  const fields = named.flatMap(([name, nodes]) => selectField(scope, type, name, nodes))
  return { fields, createResult: resultCreator(fields) }
}

/** Empty where the type has no such field; a validated document selects none such. */
function selectField(
  scope: Scope,
  parentType: GraphQLObjectType,
  responseName: string,
  nodes: readonly FieldNode[],
): SelectedField[] {
  const [node] = nodes
  const definition = node && definitionOf(scope.schema, parentType, node.name.value)
  if (!definition) return []
  const { type } = definition
  const nullableType = getNullableType(type)
  const field: SelectedField = {
    responseName,
    nodes,
    parentType,
    definition,
    isNullable: !isNonNullType(type),
    args: argsOf(definition, node),
    resolve: resolveBy(definition.resolve ?? scope.fieldResolver),
    complete: completionOf(type, scope.schema, selectFields),
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

/** Copies of one object with all names: so none has to grow name by name. */
function resultCreator(fields: readonly SelectedField[]): Selection['createResult'] {
  const names = fields.map(({ responseName }) => responseName)
  // In a plain object this name would set the prototype.
  if (names.includes('__proto__')) return () => Object.create(null)
  const empty = Object.fromEntries(names.map(name => [name, undefined]))
  return () => ({ ...empty })
}
