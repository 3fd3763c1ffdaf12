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
  /** Read once for all objects. Throws where a value is not what the field takes. */
  readonly args: () => Record<string, unknown>
  readonly complete: Complete
}

/** What is selected of an object. */
export interface Selection {
  readonly fields: readonly SelectedField[]
  readonly createResult: () => ResultObject
}

/** What an object becomes in the answer, by response name. */
export type ResultObject = Record<string, unknown>

/**
 * Makes of a resolved value what stands in the answer: undefined where it is put there later.
 * Throws what failed. `place` is undefined for a field's own value, as most need none.
 */
export type Complete = (value: unknown, field: FieldOfObject, place: Place | undefined) => unknown

/** A selected field of one object: the `info` of its resolver. Its properties are getters. */
export class FieldOfObject implements GraphQLResolveInfo {
  readonly #execution: Execution
  readonly #field: SelectedField
  readonly #parent: Place | undefined
  readonly #result: object
  #place: Place | undefined

  /** `parent` is the place of the object, undefined for the root; `result` is what it becomes. */
  constructor(
    execution: Execution,
    field: SelectedField,
    parent: Place | undefined,
    result: object,
  ) {
    this.#execution = execution
    this.#field = field
    this.#parent = parent
    this.#result = result
  }

  /** Made when it is asked for: values without anything below them need none. */
  get path(): Place {
    const { responseName, parentType, isNullable } = this.#field
    this.#place ??= new Place(this.#parent, responseName, parentType.name, isNullable, this.#result)
    return this.#place
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
