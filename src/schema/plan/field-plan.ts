import type { EndpointName } from '../../upstream/endpoint.ts'
import type { Expectations } from './expectations.ts'
import { NOTHING_KNOWN } from './expectations.ts'
import type { LookUps } from './look-up-plan.ts'

/** Calls of one endpoint that a field makes, for one object that has the field. */
export interface PlannedCalls {
  readonly endpoint: EndpointName
  /** From what is known now, if the upstream stands still. */
  readonly expected: number
  /** From the arguments alone, on an upstream that stands still and gives whole pages. */
  readonly atMost: number
  /** At most so many for all objects of the operation together. */
  readonly atMostInAll?: number
  /** Whether it may also take what the operation's other fields leave of its calls. */
  readonly takesRest?: boolean
}

/** What the upstream has said already of the objects that a field gives. */
export type AtHand = 'nothing' | 'record' | 'record and its chat' | 'name'

export interface FieldPlan {
  readonly calls: readonly PlannedCalls[]
  /** The longest chain of calls that wait for one another. */
  readonly rounds: number
  /** How many different objects its subfields are resolved for, at most; by type if that is known. */
  readonly objects: number | ReadonlyMap<string, number>
  /** Records to find by their ids: all of an operation are one search. */
  readonly lookUps?: LookUps
}

/** What can be asked about a selection. */
export interface SelectionQuestions {
  /** Whether a path of field names is selected. */
  has(...path: readonly string[]): boolean
  /** The names of the fields that apply to an object type. */
  namesOn(typeName: string): ReadonlySet<string>
}

/** What a field's plan may look at, beside its arguments. */
export interface PlanContext {
  /** What is selected below the field. */
  readonly below: SelectionQuestions
  /** What is selected of the object that has the field. */
  readonly beside: SelectionQuestions
  readonly atHand: AtHand
  readonly known: Expectations
}

type PlanField = (args: never, context: PlanContext) => FieldPlan

/** What a field says of itself before anything runs. */
export interface FieldExtensions {
  /** Throws BadUserInputError for arguments that cannot be right. */
  readonly checkInput?: (args: never) => unknown
  readonly plan?: PlanField
  /**
   * Arguments of a usual request, with one object if there may be several: its description says what
   * that costs. Default: none.
   */
  readonly usual?: Readonly<Record<string, unknown>>
  /** What the upstream has said of the objects that it gives. Default: nothing. */
  readonly atHand?: (args: never, context: PlanContext) => AtHand
  /** Whether composition leaves the field out. */
  readonly isForDirectCallers?: boolean
  /** Whether its resolver looks for scopes itself, since it may not be null as a whole. */
  readonly isGuardedItemByItem?: boolean
}

const EVERYTHING: SelectionQuestions = { has: () => true, namesOn: () => new Set() }

/** With all that there is selected, and nothing known, a field's plan is at its dearest. */
export const DEAREST: PlanContext = {
  below: EVERYTHING,
  beside: EVERYTHING,
  atHand: 'nothing',
  known: NOTHING_KNOWN,
}

/** What routers are told in `@cost`: the calls that a field makes at most, for one object. */
export const costOf = (calls: readonly PlannedCalls[]): number =>
  calls.reduce((sum, { atMost }) => sum + atMost, 0)

/** A field that makes calls of one endpoint for each object. */
export const callsOf = (
  endpoint: EndpointName,
  expected: number,
  atMost = expected,
  { rounds = Math.min(atMost, 1), objects = 1 } = {},
): FieldPlan => ({ calls: [{ endpoint, expected, atMost }], rounds, objects })
