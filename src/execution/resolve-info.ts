import type { GraphQLResolveInfo } from 'graphql'
import type { CollectedField } from './collected-field.ts'
import type { Execution } from './execution.ts'
import type { ResponsePath } from './response-path.ts'

/** The `info` of a resolver. Its properties are getters: most resolvers read none of them. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly #execution: Execution
  readonly #field: CollectedField
  readonly #parent: ResponsePath | undefined

  /** `parent` is the path of the object that has the field; undefined for the root. */
  constructor(execution: Execution, field: CollectedField, parent: ResponsePath | undefined) {
    this.#execution = execution
    this.#field = field
    this.#parent = parent
  }

  get path(): GraphQLResolveInfo['path'] {
    const { responseName, parentType } = this.#field
    return { prev: this.#parent, key: responseName, typename: parentType.name }
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
    return this.#execution.context.schema
  }

  get fragments() {
    return this.#execution.context.fragments
  }

  get rootValue() {
    return this.#execution.context.rootValue
  }

  get operation() {
    return this.#execution.context.operation
  }

  get variableValues() {
    return this.#execution.context.variableValues
  }
}
