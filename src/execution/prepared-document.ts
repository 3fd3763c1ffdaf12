import type { ExecutionArgs, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import {
  defaultFieldResolver,
  defaultTypeResolver,
  getOperationAST,
  getVariableValues,
} from 'graphql'
import { collectFields } from './collect-fields.ts'
import type { CollectedFields } from './collected-field.ts'
import type { ExecutionContext } from './execution.ts'
import { dependsOnVariables, fragmentsOf } from './selection.ts'

type Surroundings = Pick<
  ExecutionContext,
  'schema' | 'fragments' | 'fieldResolver' | 'typeResolver'
>

/** What is read of a document once, for all its executions. */
export class PreparedDocument {
  /** Whether variables decide what is selected: then what was collected serves one execution. */
  readonly #dependsOnVariables: boolean
  readonly #surroundings: Surroundings
  readonly #collected = new Map<OperationDefinitionNode, CollectedFields>()

  constructor(args: ExecutionArgs) {
    const { document } = args
    this.#dependsOnVariables = dependsOnVariables(document)
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

  /** What a query is executed with; undefined if it is none, or has variables that it does not take. */
  contextFor(
    args: ExecutionArgs,
    coerced: ExecutionContext['variableValues'] | undefined,
  ): ExecutionContext | undefined {
    const { document, operationName, rootValue, contextValue } = args
    const { schema } = this.#surroundings
    const operation = getOperationAST(document, operationName)
    const rootType = schema.getQueryType()
    if (operation?.operation !== 'query' || !rootType) return undefined
    const variableValues = coerced ?? coerce(schema, operation, args.variableValues ?? {})
    if (!variableValues) return undefined
    const own = { operation, rootType, rootValue, contextValue, variableValues }
    return { ...this.#surroundings, ...own }
  }

  /** What the query selects at its root. */
  fieldsOf(context: ExecutionContext): CollectedFields {
    const { operation, rootType } = context
    const fields = this.#collected.get(operation) ?? collectFields(context, rootType, [operation])
    if (!this.#dependsOnVariables) this.#collected.set(operation, fields)
    return fields
  }
}

/** Enough to know that there is one. */
const ONE_ERROR = { maxErrors: 1 }

/** Undefined if a variable is not what its type wants. */
const coerce = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
) => getVariableValues(schema, variableDefinitions, variables, ONE_ERROR).coerced

const surroundingsOf = ({ schema, fieldResolver, typeResolver }: ExecutionArgs) => ({
  schema,
  fieldResolver: fieldResolver ?? defaultFieldResolver,
  typeResolver: typeResolver ?? defaultTypeResolver,
})
