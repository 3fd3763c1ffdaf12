import { type ASTNode, GraphQLError } from 'graphql'

/** An argument's value that cannot be right. Nothing is asked of the upstream. */
export class BadUserInputError extends GraphQLError {
  /** `node` is where the document has the value, if it is known. */
  constructor(message: string, node?: ASTNode) {
    super(message, {
      nodes: node ?? null,
      extensions: { code: 'BAD_USER_INPUT', retryable: false, http: { status: 400 } },
    })
  }
}
