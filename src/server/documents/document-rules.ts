import type {
  ASTVisitor,
  DocumentNode,
  GraphQLSchema,
  ValidationContext,
  ValidationRule,
} from 'graphql'
import { GraphQLError, specifiedRules, validate } from 'graphql'

/** Everything that is wrong with a document. */
export const errorsIn = (schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] =>
  validate(schema, document, DOCUMENT_RULES)

/** GraphQL's own rules let a mutation pass if a graph has none, and fail when it is executed. */
const knownOperationTypes = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(nodes) {
    if (!context.getSchema().getRootType(nodes.operation))
      context.reportError(new GraphQLError(`This graph has no ${nodes.operation}.`, { nodes }))
  },
})

const DOCUMENT_RULES: readonly ValidationRule[] = [knownOperationTypes, ...specifiedRules]
