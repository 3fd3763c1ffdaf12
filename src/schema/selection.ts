import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionNode } from 'graphql'
import { GraphQLIncludeDirective, GraphQLSkipDirective, getDirectiveValues, Kind } from 'graphql'

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>

/** The fields selected below the field that is being resolved, by name: fragments are seen through. */
export const selectedFields = (info: Info): Map<string, readonly FieldNode[]> =>
  Map.groupBy(
    info.fieldNodes.flatMap(field => fieldsOf(field, info)),
    field => field.name.value,
  )

/** Whether any of the fields, reached through other fields of any name in between, is selected. */
export function selectsWithin(names: ReadonlySet<string>, info: Info): boolean {
  const isWithin = (field: FieldNode): boolean =>
    fieldsOf(field, info).some(each => names.has(each.name.value) || isWithin(each))
  return info.fieldNodes.some(isWithin)
}

/** Whether a path of field names is selected. */
export function selectsPath(path: readonly string[], info: Info): boolean {
  return (
    path.reduce<readonly FieldNode[]>(
      (fields, name) =>
        fields.flatMap(field => fieldsOf(field, info)).filter(each => each.name.value === name),
      info.fieldNodes,
    ).length > 0
  )
}

const fieldsOf = (field: FieldNode, info: Info): FieldNode[] =>
  (field.selectionSet?.selections ?? []).flatMap(selection => fieldsIn(selection, info))

function fieldsIn(selection: SelectionNode, info: Info): FieldNode[] {
  if (!isIncluded(selection, info)) return []
  if (selection.kind === Kind.FIELD) return [selection]
  const fragment: FragmentDefinitionNode | SelectionNode | undefined =
    selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection
  if (!fragment || !('selectionSet' in fragment)) return []
  return (fragment.selectionSet?.selections ?? []).flatMap(each => fieldsIn(each, info))
}

function isIncluded(selection: SelectionNode, { variableValues }: Info): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues)
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)
  return skip?.if !== true && include?.if !== false
}
