import type { ExecutionArgs, OperationDefinitionNode } from 'graphql'
import {
  defaultFieldResolver,
  defaultTypeResolver,
  getOperationAST,
  getVariableValues,
} from 'graphql'
import type { Scope } from './execution.ts'
import type { Selection } from './field.ts'
import { selectFields } from './select-fields.ts'
import { fragmentsOf, hangsOnVariables } from './selection.ts'

type Surroundings = Pick<Scope, 'schema' | 'fragments' | 'fieldResolver' | 'typeResolver'>

/** What is read of a document once, for all its executions. */
export class PreparedDocument {
  /** Whether variables decide what is selected: then a selection is good for one execution. */
  readonly #hangsOnVariables: boolean
  readonly #surroundings: Surroundings
  readonly #selections = new Map<OperationDefinitionNode, Selection>()

  constructor(args: ExecutionArgs) {
    const { document } = args
    this.#hangsOnVariables = hangsOnVariables(document)
    this.#surroundings = { ...surroundingsOf(args), fragments: fragmentsOf(document) }
  }

  /** Whether it was prepared for the same schema, and resolvers of fields that have none. */
  isFor(args: ExecutionArgs): boolean {
    const { schema, fieldResolver, typeResolver } = surroundingsOf(args)
    const own = this.#surroundings
    return (
      own.schema === schema &&
      own.fieldResolver === fieldResolver &&
      own.typeResolver === typeResolver
    )
  }

  /** What a query is run with; undefined for what is none, or has variables that it does not take. */
  scopeFor(args: ExecutionArgs): Scope | undefined {
    const { document, operationName, rootValue, contextValue, variableValues } = args
    const { schema } = this.#surroundings
    const operation = getOperationAST(document, operationName)
    const rootType = schema.getQueryType()
    if (operation?.operation !== 'query' || !rootType) return undefined
    const definitions = operation.variableDefinitions ?? []
    const { coerced } = getVariableValues(schema, definitions, variableValues ?? {}, ONE_ERROR)
    if (!coerced) return undefined
    const own = { operation, rootType, rootValue, contextValue, variableValues: coerced }
    return { ...this.#surroundings, ...own }
  }

  /** What the query selects at its root. */
  selectionOf(scope: Scope): Selection {
    const { operation, rootType } = scope
    const selection = this.#selections.get(operation) ?? selectFields(scope, rootType, [operation])
    if (!this.#hangsOnVariables) this.#selections.set(operation, selection)
    return selection
  }
}

/** Enough to tell that there is one. */
const ONE_ERROR = { maxErrors: 1 }

const surroundingsOf = ({ schema, fieldResolver, typeResolver }: ExecutionArgs) => ({
  schema,
  fieldResolver: fieldResolver ?? defaultFieldResolver,
  typeResolver: typeResolver ?? defaultTypeResolver,
})
