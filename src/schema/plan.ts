import type {
  DocumentNode,
  FieldNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
} from 'graphql'
import {
  getArgumentValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isObjectType,
} from 'graphql'
import type { Selecting, SelectionScope } from '../execution/selection.ts'
import { fragmentsOf, selectsPath, subfieldNames, subfieldsOf } from '../execution/selection.ts'
import type { EndpointName } from '../upstream/endpoint.ts'
import type { FieldExtensions, FieldPlan } from './field-plan.ts'

/** A field that makes upstream calls, in its place in the operation. */
export interface PlanStep {
  /** Response names from the root, such as `remoteRecords.nodes.serviceSummary`. */
  readonly path: string
  readonly endpoint: EndpointName
  readonly usual: number
  readonly most: number
  /** From which round on its calls run: what it depends on is over then. */
  readonly fromRound: number
}

/** What an operation can cost upstream. Nothing has run yet. */
export interface Plan {
  readonly steps: readonly PlanStep[]
  /** Calls on an upstream that stands still and lists its newest records first. */
  readonly usual: number
  /** Calls at most, some spare ones for an upstream that moves included. */
  readonly bound: number
  /** The longest chain of calls that wait for one another, on an upstream that stands still. */
  readonly rounds: number
}

/** Calls that an operation may make beyond its plan, where lists change while they are read. */
const SPARE_CALLS = 10

/** Plans the operation from its document and its variables. */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): Plan {
  const operation = getOperationAST(document, operationName)
  const { coerced } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables)
  const query = schema.getQueryType()
  if (!operation || !query || !coerced) return { steps: [], usual: 0, bound: 0, rounds: 0 }
  const scope = { schema, fragments: fragmentsOf(document), variableValues: coerced }
  const steps = planSubfields(query, [operation], scope, { path: [], objects: 1, round: 0 })
  const usual = sum(steps.map(step => step.usual))
  const most = sum(steps.map(step => step.most))
  const rounds = Math.max(0, ...steps.map(({ fromRound, rounds }) => fromRound + rounds))
  return { steps, usual, bound: most === 0 ? 0 : most + SPARE_CALLS, rounds }
}

interface Place {
  readonly path: readonly string[]
  readonly objects: number
  readonly round: number
}

interface Step extends PlanStep {
  readonly rounds: number
}

function planSubfields(
  type: GraphQLObjectType,
  parents: readonly Selecting[],
  scope: SelectionScope,
  place: Place,
): Step[] {
  return [...subfieldsOf(parents, scope, type)].flatMap(([name, nodes]) => {
    const [node] = nodes
    const field = node && type.getFields()[node.name.value]
    if (!field) return []
    return planField(field, nodes, scope, { ...place, path: [...place.path, name] })
  })
}

function planField(
  field: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
  scope: SelectionScope,
  place: Place,
): Step[] {
  const { calls, rounds, objects } = ownPlan(field, nodes, scope)
  const own = calls.map(({ endpoint, usual, most }) => ({
    path: place.path.join('.'),
    endpoint,
    usual: usual * place.objects,
    most: most * place.objects,
    fromRound: place.round,
    rounds,
  }))
  const below = { ...place, objects: place.objects * objects, round: place.round + rounds }
  return [...own, ...planResult(field, nodes, scope, below)]
}

function ownPlan(
  { extensions, ...field }: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
  scope: SelectionScope,
): FieldPlan {
  const { plan } = extensions as FieldExtensions
  const [node] = nodes
  if (!plan || !node) return { calls: [], rounds: 0, objects: 1 }
  const args = getArgumentValues({ extensions, ...field }, node, scope.variableValues)
  return plan(args as never, {
    has: (...path) => selectsPath(nodes, path, scope),
    namesOn: typeName => subfieldNames(nodes, scope, scope.schema.getType(typeName)),
  })
}

/** What is selected of the field's result; of an interface or a union, the dearest type's. */
function planResult(
  field: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
  scope: SelectionScope,
  place: Place,
): Step[] {
  const type = getNamedType(field.type)
  if (isObjectType(type)) return planSubfields(type, nodes, scope, place)
  if (!isAbstractType(type)) return []
  const plans = scope.schema
    .getPossibleTypes(type)
    .map(each => planSubfields(each, nodes, scope, place))
  return plans.reduce((dearest, each) => (costOf(each) > costOf(dearest) ? each : dearest), [])
}

const costOf = (steps: readonly Step[]) => sum(steps.map(step => step.most))

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
