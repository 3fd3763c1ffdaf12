import type { EndpointName } from '../../upstream/endpoint.ts'
import type { Expectations } from './expectations.ts'
import { NOTHING_KNOWN } from './expectations.ts'
import type { LookUps } from './look-up-plan.ts'

/** Calls of one endpoint that a field makes, for one object that has the field. */
export interface PlannedCalls {
  readonly endpoint: EndpointName
  /** Calculated from what is known now, if the upstream's data does not change. */
  readonly expected: number
  /**
   * Calculated from the arguments and the size of pages alone, if the upstream's data does not change
   * and its pages are full.
   */
  readonly atMost: number
  /** The most calls for all objects of the operation together. */
  readonly atMostInAll?: number
  /** Whether it may also use the calls that the other fields of the operation leave. */
  readonly takesRest?: boolean
}

/** What the upstream has already said of the objects that a field gives. */
export type AtHand = 'nothing' | 'record' | 'record and its chat' | 'name'

export interface FieldPlan {
  readonly calls: readonly PlannedCalls[]
  /** The longest chain of calls that wait for one another. */
  readonly rounds: number
  /** How many different objects its subfields are resolved for, at most; by type if that is known. */
  readonly objects: number | ReadonlyMap<string, number>
  /** Records to find by their ids. All look-ups of an operation are one search. */
  readonly lookUps?: LookUps
}

/** What a plan can ask about a selection. */
export interface SelectionQuestions {
  /** Whether a path of field names is selected. */
  has(...path: readonly string[]): boolean
  /** The names of the fields that apply to an object type. */
  namesOn(typeName: string): ReadonlySet<string>
}

/** What a field's plan may look at, beside its arguments. */
export interface PlanContext {
  /** The selection below the field. */
  readonly below: SelectionQuestions
  /** The selection of the object that has the field. */
  readonly beside: SelectionQuestions
  readonly atHand: AtHand
  readonly known: Expectations
}

type PlanField = (args: never, context: PlanContext) => FieldPlan

/** What a field declares about itself, for use before anything runs. */
export interface FieldExtensions {
  /** Throws BadUserInputError for arguments that cannot be right. */
  readonly checkInput?: (args: never) => unknown
  readonly plan?: PlanField
  /**
   * Arguments of a usual request, with one object if there may be several: its description says what
   * that costs. Default: none.
   */
  readonly usual?: Readonly<Record<string, unknown>>
  /** What the upstream has said of the objects that the field gives. Default: nothing. */
  readonly atHand?: (args: never, context: PlanContext) => AtHand
  /**
   * The root list whose plan counts the calls of a field that has no plan of its own, and the way there:
   * the field's description says what it adds to a page of that list.
   */
  readonly plannedBy?: { readonly list: string; readonly path: readonly string[] }
  /** Whether its text is not about a person: see personal.ts. */
  readonly isImpersonal?: boolean
  /** Whether composition leaves the field out. */
  readonly isForDirectCallers?: boolean
  /** Whether its resolver checks the scopes itself, since the field must not be null as a whole. */
  readonly isGuardedItemByItem?: boolean
}

const EVERYTHING: SelectionQuestions = { has: () => true, namesOn: () => new Set() }

/**
 * The plan of a field with everything selected and nothing known, which is the most that it can
 * cost.
 */
export const DEAREST: PlanContext = {
  below: EVERYTHING,
  beside: EVERYTHING,
  atHand: 'nothing',
  known: NOTHING_KNOWN,
}

/** The value of `@cost`: how many calls a field makes at most for one object. */
export const costOf = (calls: readonly PlannedCalls[]): number =>
  calls.reduce((sum, { atMost }) => sum + atMost, 0)

/** The plan of a field that makes calls of one endpoint for each object. */
export const callsOf = (
  endpoint: EndpointName,
  expected: number,
  atMost = expected,
  { rounds = Math.min(atMost, 1), objects = 1 } = {},
): FieldPlan => ({ calls: [{ endpoint, expected, atMost }], rounds, objects })
