import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo } from 'graphql'
import type { Execution } from './execution.ts'
import { Place } from './place.ts'

/** A field of a selection set, as it is resolved for each object of its type. */
export interface SelectedField {
  readonly responseName: string
  readonly nodes: readonly FieldNode[]
  readonly parentType: GraphQLObjectType
  readonly definition: GraphQLField<unknown, unknown>
  readonly isNullable: boolean
  /** Throws where a value is not what the field takes. */
  readonly args: (execution: Execution) => Args
  readonly resolve: Resolve
  readonly complete: Complete
  /** What `complete` does, for a scalar or an enum alone: it needs to know of nothing else. */
  readonly serialize: ((value: unknown) => unknown) | undefined
}

export type Args = Readonly<Record<string, unknown>>

/** Gives a field's value for an object; `result` is what that becomes, `parent` where it stands. */
export type Resolve = (
  execution: Execution,
  field: SelectedField,
  source: unknown,
  result: ResultObject,
  parent: Place | undefined,
) => unknown

/**
 * Makes of a resolved value what stands in the answer: undefined where it is put there later.
 * Throws what failed.
 */
export type Complete = (
  execution: Execution,
  field: SelectedField,
  value: unknown,
  place: Place,
) => unknown

/** What is selected of an object. */
export interface Selection {
  readonly fields: readonly SelectedField[]
  readonly createResult: () => ResultObject
}

/** What an object becomes in the answer, by response name. */
export type ResultObject = Record<string, unknown>

/** Where a field stands in the answer. */
export const placeOf = (
  { responseName, parentType, isNullable }: SelectedField,
  result: ResultObject,
  parent: Place | undefined,
): Place => new Place(parent, responseName, parentType.name, isNullable, result)

/** The `info` of a resolver. Its properties are getters. */
export class FieldInfo implements GraphQLResolveInfo {
  readonly #execution: Execution
  readonly #field: SelectedField
  readonly path: Place

  constructor(execution: Execution, field: SelectedField, path: Place) {
    this.#execution = execution
    this.#field = field
    this.path = path
  }

  get fieldName() {
    return this.#field.definition.name
  }

  get fieldNodes() {
    return this.#field.nodes
  }

  get returnType() {
    return this.#field.definition.type
  }

  get parentType() {
    return this.#field.parentType
  }

  get schema() {
    return this.#execution.scope.schema
  }

  get fragments() {
    return this.#execution.scope.fragments
  }

  get rootValue() {
    return this.#execution.scope.rootValue
  }

  get operation() {
    return this.#execution.scope.operation
  }

  get variableValues() {
    return this.#execution.scope.variableValues
  }
}
