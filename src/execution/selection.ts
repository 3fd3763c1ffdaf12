import type {
  DirectiveNode,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  FragmentSpreadNode,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  InlineFragmentNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql'
import {
  BREAK,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isObjectType,
  Kind,
  visit,
} from 'graphql'

/** The fragments of a document, by name. */
export const fragmentsOf = (document: DocumentNode): SelectionContext['fragments'] =>
  Object.fromEntries(
    document.definitions.flatMap(definition =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )

/** Whether variables decide what a document selects, by `@skip` or `@include`. */
export function dependsOnVariables(document: DocumentNode): boolean {
  let isFound = false
  const Variable = () => {
    isFound = true
    return BREAK
  }
  const Directive = (directive: DirectiveNode) => {
    visit(directive, { Variable })
    return isFound ? BREAK : false
  }
  visit(document, { Directive })
  return isFound
}

/** What is needed to read a selection set. Resolvers have it in their `info`. */
export type SelectionContext = Pick<GraphQLResolveInfo, 'fragments' | 'schema' | 'variableValues'>

/** What has a selection set: an operation or a field. */
export interface HasSelectionSet {
  readonly selectionSet?: SelectionSetNode | undefined
}

/**
 * The fields selected below others, by response name as they are executed: fragments are seen
 * through, `@skip` and `@include` obeyed. With `type`, only what applies to that object type.
 */
export const subfieldsOf = (
  parents: readonly HasSelectionSet[],
  context: SelectionContext,
  type?: GraphQLObjectType,
): Map<string, FieldNode[]> => Map.groupBy(fieldsBelow(parents, context, type), responseNameOf)

export const responseNameOf = ({ alias, name }: FieldNode): string => (alias ?? name).value

/** The names of the fields selected below others; with `type`, of those that apply to it. */
export const subfieldNames = (
  parents: readonly HasSelectionSet[],
  context: SelectionContext,
  type?: GraphQLNamedType,
): Set<string> => {
  const fields = fieldsBelow(parents, context, isObjectType(type) ? type : undefined)
  return new Set(fields.map(field => field.name.value))
}

/** Whether a path of field names is selected below others. */
export function selectsPath(
  parents: readonly HasSelectionSet[],
  path: readonly string[],
  context: SelectionContext,
): boolean {
  const [name, ...rest] = path
  if (name === undefined) return parents.length > 0
  const named = fieldsBelow(parents, context).filter(field => field.name.value === name)
  return named.length > 0 && selectsPath(named, rest, context)
}

/**
 * The fields selected below others, in the order of the document; `onSelection` is called for each
 * selection that is looked at.
 */
export function fieldsBelow(
  parents: readonly HasSelectionSet[],
  context: SelectionContext,
  type?: GraphQLObjectType,
  onSelection?: () => void,
): FieldNode[] {
  const spread = new Set<string>()
  const fields: FieldNode[] = []
  const addFieldsOf = ({ selectionSet }: HasSelectionSet): void => {
    for (const selection of selectionSet?.selections ?? []) {
      onSelection?.()
      if (!isIncluded(selection, context)) continue
      if (selection.kind === Kind.FIELD) {
        fields.push(selection)
        continue
      }
      const fragment = fragmentOf(selection, context, spread)
      if (fragment && appliesTo(fragment, type, context.schema)) addFieldsOf(fragment)
    }
  }
  parents.forEach(addFieldsOf)
  return fields
}

type FragmentNode = FragmentDefinitionNode | InlineFragmentNode

/** A fragment counts once, however often it is spread. */
function fragmentOf(
  selection: FragmentSpreadNode | InlineFragmentNode,
  { fragments }: SelectionContext,
  spread: Set<string>,
): FragmentNode | undefined {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection
  const name = selection.name.value
  if (spread.has(name)) return undefined
  spread.add(name)
  return fragments[name]
}

function appliesTo(
  { typeCondition }: FragmentNode,
  type: GraphQLObjectType | undefined,
  schema: GraphQLSchema,
): boolean {
  const condition = typeCondition?.name.value
  if (condition === undefined || type === undefined || condition === type.name) return true
  const conditionType = schema.getType(condition)
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type)
}

function isIncluded(selection: SelectionNode, { variableValues }: SelectionContext): boolean {
  if (!selection.directives?.length) return true
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues)
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)
  return skip?.if !== true && include?.if !== false
}
