import { type ASTNode, GraphQLError } from 'graphql'

/** A value of an argument that cannot be right. No upstream call is made for it. */
export class BadUserInputError extends GraphQLError {
  /** `node` is the place of the value in the document, if it is known. */
  constructor(message: string, node?: ASTNode) {
    super(message, {
      nodes: node ?? null,
      extensions: { code: 'BAD_USER_INPUT', retryable: false, http: { status: 400 } },
    })
  }
}
