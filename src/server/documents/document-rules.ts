import type {
  ASTVisitor,
  DocumentNode,
  GraphQLSchema,
  ValidationContext,
  ValidationRule,
} from 'graphql'
import { GraphQLError, specifiedRules, validate } from 'graphql'

export interface DocumentRules {
  /** Whether a document may ask what is in the graph. */
  readonly isIntrospectable: boolean
}

/** What is wrong with a document, up to a number of errors. */
export const errorsIn = (
  schema: GraphQLSchema,
  document: DocumentNode,
  { isIntrospectable }: DocumentRules,
): readonly GraphQLError[] =>
  validate(schema, document, isIntrospectable ? RULES : RULES_OF_HIDDEN, { maxErrors: MAX_ERRORS })

const MAX_ERRORS = 5

/** GraphQL's own rules let a mutation pass if a graph has none, and fail when it is executed. */
const knownOperationTypes = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(nodes) {
    if (!context.getSchema().getRootType(nodes.operation))
      context.reportError(new GraphQLError(`This graph has no ${nodes.operation}.`, { nodes }))
  },
})

/** The fields that describe the graph. Routers read it from the last one. */
const INTROSPECTING: ReadonlySet<string> = new Set(['__schema', '__type', '_service'])

const noIntrospection = (context: ValidationContext): ASTVisitor => ({
  Field(nodes) {
    if (INTROSPECTING.has(nodes.name.value))
      context.reportError(new GraphQLError('Introspection is switched off.', { nodes }))
  },
})

const RULES: readonly ValidationRule[] = [knownOperationTypes, ...specifiedRules]
const RULES_OF_HIDDEN: readonly ValidationRule[] = [noIntrospection, ...RULES]
