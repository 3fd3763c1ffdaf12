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
 * Tells what is wrong with the values of an operation's variables and arguments, before anything
 * runs: an operation with bad input makes no upstream call at all.
 */
export type InputCheck = (
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
) => readonly GraphQLError[]

/** A field that checks its own arguments, by a function `checkInput` in its extensions. */
interface CheckedField {
  readonly field: GraphQLField<unknown, unknown>
  readonly node: FieldNode
}

/** Remembers of each document which of its fields are to be checked. */
export function createInputCheck(schema: GraphQLSchema): InputCheck {
  const known = new WeakMap<DocumentNode, Map<string, readonly CheckedField[]>>()

  function fieldsOf(document: DocumentNode, operation: string): readonly CheckedField[] {
    const byOperation = known.get(document) ?? findCheckedFields(schema, document)
    known.set(document, byOperation)
    return byOperation.get(operation) ?? []
  }

  return (document, operationName, variables) => {
    const operation = getOperationAST(document, operationName)
    if (!operation) return []
    const definitions = operation.variableDefinitions ?? []
    const { coerced, errors } = getVariableValues(schema, definitions, variables, { maxErrors: 5 })
    if (errors) return errors.map(asBadInput)
    const fields = fieldsOf(document, operation.name?.value ?? '')
    return fields.flatMap(each => checkField(each, coerced) ?? [])
  }
}

function findCheckedFields(
  schema: GraphQLSchema,
  document: DocumentNode,
): Map<string, readonly CheckedField[]> {
  const operations = Object.entries(separateOperations(document))
  return new Map(operations.map(([name, part]) => [name, findFields(schema, part)]))
}

function findFields(schema: GraphQLSchema, document: DocumentNode): readonly CheckedField[] {
  const found: CheckedField[] = []
  const typeInfo = new TypeInfo(schema)
  const Field = (node: FieldNode) => {
    const field = typeInfo.getFieldDef()
    if (field && (field.extensions as FieldExtensions).checkInput) found.push({ field, node })
  }
  visit(document, visitWithTypeInfo(typeInfo, { Field }))
  return found
}

function checkField(
  { field, node }: CheckedField,
  variables: Record<string, unknown>,
): GraphQLError | undefined {
  const { checkInput } = field.extensions as FieldExtensions
  try {
    checkInput?.(getArgumentValues(field, node, variables) as never)
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
