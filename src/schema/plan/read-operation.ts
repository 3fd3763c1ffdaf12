import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { GraphQLError, getOperationAST, getVariableValues } from 'graphql'
import { fragmentsOf } from '../../execution/selection.ts'
import { BadUserInputError } from '../arguments/bad-user-input.ts'
import type { Expectations } from './expectations.ts'
import { type Fit, fitOf } from './fit.ts'
import { NO_CALLS, type Plan, planOf } from './plan.ts'
import type { SelectedLevel } from './selected-level.ts'
import { SelectionReader } from './selected-level.ts'

/** A query with its variables and arguments, read before anything of it runs. */
export interface ReadOperation {
  /** What is wrong with its variables and arguments. If there is any error, it must not run. */
  readonly errors: readonly GraphQLError[]
  /** The variables, coerced to their types. Undefined if there are errors, or if it is no query. */
  readonly variableValues?: Readonly<Record<string, unknown>>
  /** `known` is called only if the plan depends on it. */
  plan(known: () => Expectations): Plan
  /** A size of one of its fields with which it makes no more calls than the limit. */
  fitTo(maxCalls: number): Fit | undefined
}

type OperationReader = (
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
) => ReadOperation

/**
 * Reads validated documents. The parts that no variable can change are read once for each document.
 */
export function createOperationReader(schema: GraphQLSchema): OperationReader {
  const known = new WeakMap<OperationDefinitionNode, ReadOperation>()

  return (document, operationName, variables) => {
    const operation = getOperationAST(document, operationName)
    if (operation?.operation !== 'query') return NOTHING
    const existing = known.get(operation)
    if (existing) return existing
    const read = readOperation(schema, document, operation, variables)
    if (!operation.variableDefinitions?.length) known.set(operation, read)
    return read
  }
}

const NOTHING: ReadOperation = { errors: [], plan: () => NO_CALLS, fitTo: () => undefined }

const MAX_ERRORS = 5

function readOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ReadOperation {
  const { variableDefinitions = [] } = operation
  const options = { maxErrors: MAX_ERRORS }
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, variables, options)
  if (errors) return refused(errors.map(asBadInput))
  const query = schema.getQueryType()
  if (!query) return NOTHING
  const context = { schema, fragments: fragmentsOf(document), variableValues: coerced }
  const reader = new SelectionReader(context)
  try {
    const root = reader.read(query, [operation])
    return reader.errors.length > 0 ? refused(reader.errors) : planned(root, coerced)
  } catch (error) {
    if (!(error instanceof BadUserInputError)) throw error
    return refused([error])
  }
}

const refused = (errors: readonly GraphQLError[]): ReadOperation => ({ ...NOTHING, errors })

const planned = (
  root: SelectedLevel,
  variableValues: Readonly<Record<string, unknown>>,
): ReadOperation => ({
  errors: [],
  variableValues,
  plan: known => (root.fields.length === 0 ? NO_CALLS : planOf(root, known())),
  fitTo: maxCalls => fitOf(root, maxCalls),
})

const asBadInput = (error: GraphQLError) =>
  new GraphQLError(reasonOf(error), {
    ...(error.nodes && { nodes: error.nodes }),
    extensions: { code: 'BAD_USER_INPUT', retryable: false, http: { status: 400 } },
  })

/**
 * GraphQL says `Variable "$a" got invalid value {…} at "a.b"; REASON`. All but the value is kept.
 */
function reasonOf({ message, originalError }: GraphQLError): string {
  if (!originalError) return message
  const reason = originalError.message
  const place = message.slice(0, -`; ${reason}`.length)
  const [, path] = / at "([^"]*)"$/.exec(place) ?? /^Variable "\$(\w+)"/.exec(place) ?? []
  return `Variable "$${path}" has an invalid value: ${reason}`
}
