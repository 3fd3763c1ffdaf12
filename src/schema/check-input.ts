import type { DocumentNode, FieldNode, GraphQLField, GraphQLSchema } from 'graphql'
import {
  GraphQLError,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { FieldExtensions } from './field-plan.ts'

/**
 * What is wrong with the values of an operation's variables and arguments, before anything runs:
 * an operation with bad input makes no upstream call at all.
 *
 * Fields check their own arguments by a function `checkInput` in their extensions.
 */
export function checkInput(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const operation = getOperationAST(document, operationName)
  if (!operation) return []
  const { coerced, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    variables,
    { maxErrors: 5 },
  )
  if (errors) return errors.map(asBadInput)
  const ofOperation = separateOperations(document)[operation.name?.value ?? ''] ?? document
  const found: GraphQLError[] = []
  const typeInfo = new TypeInfo(schema)
  const Field = (node: FieldNode) => {
    const field = typeInfo.getFieldDef()
    const error = field && checkField(field, node, coerced)
    if (error) found.push(error)
  }
  visit(ofOperation, visitWithTypeInfo(typeInfo, { Field }))
  return found
}

function checkField(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): GraphQLError | undefined {
  const { checkInput: check } = field.extensions as FieldExtensions
  if (!check) return undefined
  try {
    check(getArgumentValues(field, node, variables) as never)
    return undefined
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return new GraphQLError(error.message, { nodes: node, extensions: error.extensions })
  }
}

const asBadInput = ({ message, nodes }: GraphQLError) =>
  new GraphQLError(message, {
    ...(nodes && { nodes }),
    extensions: { code: 'BAD_USER_INPUT', retryable: false, http: { status: 400 } },
  })
