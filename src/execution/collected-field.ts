import type { FieldNode, GraphQLField, GraphQLObjectType } from 'graphql'
import type { Execution } from './execution.ts'
import { ResponsePath } from './response-path.ts'

/** A field of a selection set, as it is executed for each object of its type. */
export interface CollectedField {
  readonly responseName: string
  readonly nodes: readonly FieldNode[]
  readonly parentType: GraphQLObjectType
  readonly definition: GraphQLField<unknown, unknown>
  readonly isNullable: boolean
  /** Throws if a value is not what the field takes. */
  readonly args: (execution: Execution) => Args
  readonly resolve: ResolveFieldValue
  readonly complete: CompleteValue
  /** What `complete` does, for a scalar or an enum alone: it needs to know of nothing else. */
  readonly serialize: ((value: unknown) => unknown) | undefined
}

export type Args = Readonly<Record<string, unknown>>

/** Gives a field's value for an object. `parent` is the object's path; undefined for the root. */
export type ResolveFieldValue = (
  execution: Execution,
  field: CollectedField,
  source: unknown,
  parent: ResponsePath | undefined,
) => unknown

/**
 * Makes of a resolved value what stands in the response: undefined if it is put there later.
 * Throws what failed.
 */
export type CompleteValue = (
  execution: Execution,
  field: CollectedField,
  value: unknown,
  path: ResponsePath,
) => unknown

/** All fields that are selected of an object. */
export interface CollectedFields {
  readonly fields: readonly CollectedField[]
  readonly createResult: () => ResultObject
}

/** What an object becomes in the response, by response name. */
export type ResultObject = Record<string, unknown>

/** The path of a field of an object that becomes `result`. */
export const pathOf = (
  { responseName, parentType, isNullable }: CollectedField,
  result: ResultObject,
  parent: ResponsePath | undefined,
): ResponsePath => new ResponsePath(parent, responseName, parentType.name, isNullable, result)

export const nameOf = ({ parentType, definition }: CollectedField) =>
  `${parentType.name}.${definition.name}`
