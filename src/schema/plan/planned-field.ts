import type { FieldNode, GraphQLField, GraphQLObjectType } from 'graphql'
import { getArgumentValues, getNamedType, isAbstractType, isObjectType } from 'graphql'
import type { HasSelectionSet, SelectionContext } from '../../execution/selection.ts'
import { selectsPath, subfieldNames, subfieldsOf } from '../../execution/selection.ts'
import type { FieldExtensions, FieldPlan, Selection } from './field-plan.ts'

/** A field that may make upstream calls, or has such fields below it. */
export interface PlannedField {
  /** Response names from the root. */
  readonly path: readonly string[]
  /** What it can cost by itself, for one object. */
  readonly planOwn: (variables: Variables) => FieldPlan
  /** What is below it; of an interface or a union, for each type that its objects may have. */
  readonly below: readonly (readonly PlannedField[])[]
}

type Variables = Readonly<Record<string, unknown>>

/** Finds what is to be planned of what is selected of a type. All else costs nothing. */
export const plannedSubfields = (
  type: GraphQLObjectType,
  parents: readonly HasSelectionSet[],
  scope: SelectionContext,
  path: readonly string[] = [],
): readonly PlannedField[] =>
  [...subfieldsOf(parents, scope, type)].flatMap(([name, nodes]) => {
    const [node] = nodes
    const field = node && type.getFields()[node.name.value]
    return field ? plannedField(field, node, nodes, scope, [...path, name]) : []
  })

function plannedField(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  nodes: readonly FieldNode[],
  scope: SelectionContext,
  path: readonly string[],
): PlannedField[] {
  const below = typesOf(field, scope)
    .map(type => plannedSubfields(type, nodes, scope, path))
    .filter(fields => fields.length > 0)
  const { plan } = field.extensions as FieldExtensions
  if (!plan) return below.length === 0 ? [] : [{ path, planOwn: () => NOTHING, below }]
  const selection = selectionBelow(nodes, scope)
  const planOwn = (variables: Variables) =>
    plan(getArgumentValues(field, node, variables) as never, selection)
  return [{ path, planOwn, below }]
}

const NOTHING: FieldPlan = { calls: [], rounds: 0, objects: 1 }

function typesOf(
  field: GraphQLField<unknown, unknown>,
  { schema }: SelectionContext,
): readonly GraphQLObjectType[] {
  const type = getNamedType(field.type)
  if (isObjectType(type)) return [type]
  return isAbstractType(type) ? schema.getPossibleTypes(type) : []
}

/** Read once for each question: the answers stay the same. */
function selectionBelow(nodes: readonly FieldNode[], scope: SelectionContext): Selection {
  const paths = new Map<string, boolean>()
  return {
    has(...path) {
      const name = path.join('.')
      const isSelected = paths.get(name) ?? selectsPath(nodes, path, scope)
      paths.set(name, isSelected)
      return isSelected
    },
    namesOn: typeName => subfieldNames(nodes, scope, scope.schema.getType(typeName)),
  }
}
