import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { getOperationAST, getVariableValues } from 'graphql'
import { dependsOnVariables, fragmentsOf } from '../../execution/selection.ts'
import type { EndpointName } from '../../upstream/endpoint.ts'
import { type PlannedField, plannedSubfields } from './planned-field.ts'

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

/** Plans an operation from its document and its variables. */
export type Planner = (
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
) => Plan

/** What was found in an operation; `hangOnVariables` where that was by one set of variables. */
interface KnownFields {
  readonly fields: readonly PlannedField[]
  readonly hangOnVariables: boolean
}

/** Remembers of each operation which of its fields are to be planned. */
export function createPlanner(schema: GraphQLSchema): Planner {
  const known = new WeakMap<OperationDefinitionNode, KnownFields>()

  function fieldsOf(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variableValues: Record<string, unknown>,
  ): readonly PlannedField[] {
    const query = schema.getQueryType()
    const kept = known.get(operation)
    if (!query) return []
    if (kept && !kept.hangOnVariables) return kept.fields
    const scope = { schema, fragments: fragmentsOf(document), variableValues }
    const fields = plannedSubfields(query, [operation], scope)
    const hangOnVariables = kept?.hangOnVariables ?? dependsOnVariables(document)
    known.set(operation, { fields, hangOnVariables })
    return fields
  }

  return (document, operationName, variables) => {
    const operation = getOperationAST(document, operationName)
    const { coerced } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables)
    return operation && coerced
      ? planFields(fieldsOf(document, operation, coerced), coerced)
      : NO_CALLS
  }
}

const NO_CALLS: Plan = { steps: [], usual: 0, bound: 0, rounds: 0 }

function planFields(
  fields: readonly PlannedField[],
  variables: Readonly<Record<string, unknown>>,
): Plan {
  const steps = fields.flatMap(field => planField(field, variables, { objects: 1, round: 0 }))
  const usual = sum(steps.map(step => step.usual))
  const most = sum(steps.map(step => step.most))
  const rounds = Math.max(0, ...steps.map(({ fromRound, rounds }) => fromRound + rounds))
  return { steps, usual, bound: most === 0 ? 0 : most + SPARE_CALLS, rounds }
}

/** For how many objects a field is resolved at most, and when. */
interface Place {
  readonly objects: number
  readonly round: number
}

interface Step extends PlanStep {
  readonly rounds: number
}

function planField(
  { path, planOwn, below }: PlannedField,
  variables: Readonly<Record<string, unknown>>,
  place: Place,
): Step[] {
  const { calls, rounds, objects } = planOwn(variables)
  const own = calls.map(({ endpoint, usual, most }) => ({
    path: path.join('.'),
    endpoint,
    usual: usual * place.objects,
    most: most * place.objects,
    fromRound: place.round,
    rounds,
  }))
  const next = { objects: place.objects * objects, round: place.round + rounds }
  const plans = below.map(fields => fields.flatMap(field => planField(field, variables, next)))
  return [...own, ...dearestOf(plans)]
}

/** Objects of an interface or a union may all be of the type that costs most. */
const dearestOf = ([first = [], ...others]: readonly Step[][]): Step[] =>
  others.reduce((dearest, each) => (costOf(each) > costOf(dearest) ? each : dearest), first)

const costOf = (steps: readonly Step[]) => sum(steps.map(step => step.most))

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
