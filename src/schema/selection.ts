import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  SelectionNode,
} from 'graphql'
import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isObjectType,
  Kind,
} from 'graphql'

/** What is needed to read a selection set: resolvers have it in their `info`. */
export type SelectionScope = Pick<GraphQLResolveInfo, 'fragments' | 'schema' | 'variableValues'>

/**
 * The fields selected below others, by response name as they are executed: fragments are seen
 * through, `@skip` and `@include` obeyed. With `type`, only what applies to that object type.
 */
export const subfieldsOf = (
  parents: readonly FieldNode[],
  scope: SelectionScope,
  type?: GraphQLObjectType,
): Map<string, FieldNode[]> =>
  Map.groupBy(fieldsBelow(parents, scope, type), field => field.alias?.value ?? field.name.value)

/** The names of the fields selected below others; with `type`, of those that apply to it. */
export const subfieldNames = (
  parents: readonly FieldNode[],
  scope: SelectionScope,
  type?: GraphQLNamedType,
): Set<string> => {
  const fields = fieldsBelow(parents, scope, isObjectType(type) ? type : undefined)
  return new Set(fields.map(field => field.name.value))
}

/** Whether a path of field names is selected below others. */
export function selectsPath(
  parents: readonly FieldNode[],
  path: readonly string[],
  scope: SelectionScope,
): boolean {
  const [name, ...rest] = path
  if (name === undefined) return parents.length > 0
  const named = fieldsBelow(parents, scope).filter(field => field.name.value === name)
  return named.length > 0 && selectsPath(named, rest, scope)
}

const fieldsBelow = (
  parents: readonly FieldNode[],
  scope: SelectionScope,
  type?: GraphQLObjectType,
): FieldNode[] =>
  parents.flatMap(parent => fieldsIn(parent.selectionSet?.selections ?? [], scope, type))

const fieldsIn = (
  selections: readonly SelectionNode[],
  scope: SelectionScope,
  type: GraphQLObjectType | undefined,
): FieldNode[] =>
  selections
    .filter(selection => isIncluded(selection, scope))
    .flatMap(selection => {
      if (selection.kind === Kind.FIELD) return [selection]
      const fragment = fragmentOf(selection, scope)
      const applies = fragment && appliesTo(fragment.typeCondition?.name.value, type, scope.schema)
      return applies ? fieldsIn(fragment.selectionSet.selections, scope, type) : []
    })

type Fragment = Pick<FragmentDefinitionNode, 'selectionSet'> & {
  readonly typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined
}

const fragmentOf = (
  selection: Exclude<SelectionNode, FieldNode>,
  { fragments }: SelectionScope,
): Fragment | undefined =>
  selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection

function appliesTo(
  condition: string | undefined,
  type: GraphQLObjectType | undefined,
  schema: GraphQLSchema,
): boolean {
  if (condition === undefined || type === undefined || condition === type.name) return true
  const conditionType = schema.getType(condition)
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type)
}

function isIncluded(selection: SelectionNode, { variableValues }: SelectionScope): boolean {
  if (!selection.directives?.length) return true
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues)
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)
  return skip?.if !== true && include?.if !== false
}
