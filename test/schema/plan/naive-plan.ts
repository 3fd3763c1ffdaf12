import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
} from 'graphql'
import {
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type TypeNode,
} from 'graphql'
import { NOTHING_KNOWN } from '../../../src/schema/plan/expectations.ts'
import type {
  AtHand,
  FieldExtensions,
  FieldPlan,
  SelectionQuestions,
} from '../../../src/schema/plan/field-plan.ts'
import { planLookUps } from '../../../src/schema/plan/look-up-plan.ts'

/** An operation without directives, as it is walked with no memory at all. */
interface Walked {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Readonly<Record<string, unknown>>
}

/** A field of an object type, all its nodes merged if their arguments are the same. */
interface Branch {
  readonly name: string
  readonly nodes: readonly FieldNode[]
  readonly plan: FieldPlan
  readonly below: readonly Level[]
}

interface Level extends SelectionQuestions {
  readonly type: GraphQLObjectType
  readonly branches: readonly Branch[]
}

/** The calls at most of some fields, each path of the operation walked by itself. */
export function naiveAtMost(
  walked: Walked,
  operation: OperationDefinitionNode,
  isCounted: (field: string) => boolean,
): number {
  const query = walked.schema.getQueryType()
  if (!query) return 0
  const root = levelOf(walked, query, [operation], 'nothing')
  const lookUps = root.branches.flatMap(({ plan }) => plan.lookUps ?? [])
  const found = planLookUps(lookUps, NOTHING_KNOWN)
  return callsOf(root, 1, isCounted) + sum(found.map(({ atMost }) => atMost))
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

const callsOf = (
  { branches }: Level,
  objects: number,
  isCounted: (field: string) => boolean,
): number =>
  sum(
    branches.map(({ name, plan, below }) => {
      const own = isCounted(name) ? plan.calls : []
      const count = ({ name }: GraphQLObjectType) =>
        typeof plan.objects === 'number' ? plan.objects : (plan.objects.get(name) ?? 0)
      const further = below.map(each => callsOf(each, objects * count(each.type), isCounted))
      const ownCalls = own.map(({ atMost, atMostInAll = Infinity }) =>
        Math.min(atMost * objects, atMostInAll),
      )
      return sum(ownCalls) + sum(further)
    }),
  )

function levelOf(
  walked: Walked,
  type: GraphQLObjectType,
  parents: readonly { readonly selectionSet?: { readonly selections: readonly SelectionNode[] } }[],
  atHand: AtHand,
): Level {
  const nodes = parents.flatMap(({ selectionSet }) =>
    fieldsIn(walked, type, selectionSet?.selections ?? []),
  )
  const names = new Set(nodes.map(({ name }) => name.value))
  const branches: Branch[] = []
  const level: Level = {
    type,
    branches,
    has: (...[name, ...path]) =>
      name === undefined ||
      (names.has(name) &&
        (path.length === 0 ||
          branches.some(each => each.name === name && each.below.some(l => l.has(...path))))),
    namesOn: typeName => (typeName === type.name ? names : new Set()),
  }
  const groups = Map.groupBy(nodes, node => keyOf(walked, type, node))
  // The fields beside one may be asked about by it, so all are there before any is planned.
  for (const group of groups.values()) addBranch(walked, level, branches, group, atHand)
  return level
}

function addBranch(
  walked: Walked,
  level: Level,
  branches: Branch[],
  nodes: readonly FieldNode[],
  atHand: AtHand,
): void {
  const [node] = nodes
  const definition = node && level.type.getFields()[node.name.value]
  if (!definition) return
  const { plan, atHand: sayAtHand }: FieldExtensions = definition.extensions
  const args = getArgumentValues(definition, node, walked.variables) as never
  const named = getNamedType(definition.type)
  const types = isObjectType(named)
    ? [named]
    : isAbstractType(named)
      ? walked.schema.getPossibleTypes(named)
      : []
  const contextOf = (below: readonly Level[]) => ({
    below: {
      has: (...path: readonly string[]) => below.some(each => each.has(...path)),
      namesOn: (typeName: string) =>
        below.find(({ type }) => type.name === typeName)?.namesOn(typeName) ?? new Set<string>(),
    },
    beside: level,
    atHand,
    known: NOTHING_KNOWN,
  })
  const next = sayAtHand?.(args, contextOf([])) ?? 'nothing'
  const below = types.map(type => levelOf(walked, type, nodes, next))
  const planned = plan?.(args, contextOf(below)) ?? { calls: [], rounds: 0, objects: 1 }
  branches.push({ name: definition.name, nodes, plan: planned, below })
}

function fieldsIn(
  walked: Walked,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
): FieldNode[] {
  return selections.flatMap(selection => {
    if (selection.kind === Kind.FIELD) return selection
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : walked.fragments.get(selection.name.value)
    if (!fragment || !applies(walked.schema, type, fragment.typeCondition)) return []
    return fieldsIn(walked, type, fragment.selectionSet.selections)
  })
}

function applies(schema: GraphQLSchema, type: GraphQLObjectType, condition: TypeNode | undefined) {
  const name = condition && 'name' in condition ? condition.name.value : type.name
  const named = schema.getType(name)
  return named === type || (isAbstractType(named) && schema.isSubType(named, type))
}

function keyOf({ variables }: Walked, type: GraphQLObjectType, node: FieldNode): string {
  const definition = type.getFields()[node.name.value]
  const args = definition ? getArgumentValues(definition, node, variables) : {}
  return `${node.name.value} ${JSON.stringify(args)}`
}
