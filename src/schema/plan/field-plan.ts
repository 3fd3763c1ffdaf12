import type { EndpointName } from '../../upstream/endpoint.ts'

/** Calls of one endpoint that a field can make, for one object that has the field. */
export interface PlannedCalls {
  readonly endpoint: EndpointName
  /** On an upstream that stands still, gives whole pages and lists its newest records first. */
  readonly usual: number
  /** On any upstream that stands still and gives whole pages. */
  readonly most: number
}

export interface FieldPlan {
  readonly calls: readonly PlannedCalls[]
  /** How many calls wait for one another: the longest chain of dependent ones. */
  readonly rounds: number
  /** How many objects its subfields are resolved for, at most. */
  readonly objects: number
}

/** What is selected below the field. */
export interface Selection {
  /** Whether a path of field names is. */
  has(...path: readonly string[]): boolean
  /** The names of the fields that apply to an object type. */
  namesOn(typeName: string): ReadonlySet<string>
}

/** What a field can cost, from its arguments and its selection alone. */
export type PlanField = (args: never, selection: Selection) => FieldPlan

/** What a field tells of itself before anything runs. */
export interface FieldExtensions {
  /** Throws BadUserInputError for arguments that cannot be right. */
  readonly checkInput?: (args: never) => unknown
  readonly plan?: PlanField
  /** Whether composition leaves the field out. */
  readonly isForDirectCallers?: boolean
}

/** A selection of all that there is: with it, a field's plan is at its dearest. */
export const EVERYTHING: Selection = { has: () => true, namesOn: () => new Set() }

/** What routers are told in `@cost`: the calls that a field makes at most, for one object. */
export const weightOf = ({ calls }: FieldPlan): number =>
  calls.reduce((sum, { most }) => sum + most, 0)

/** A field that makes calls of one endpoint for each object. */
export const callsOf = (
  endpoint: EndpointName,
  usual: number,
  most = usual,
  { rounds = Math.min(most, 1), objects = 1 } = {},
): FieldPlan => ({ calls: [{ endpoint, usual, most }], rounds, objects })
