import { GraphQLError } from 'graphql'

/** An argument's value that cannot be right. Nothing is asked of the upstream. */
export class BadUserInputError extends GraphQLError {
  constructor(message: string) {
    super(message, {
      extensions: { code: 'BAD_USER_INPUT', retryable: false, http: { status: 400 } },
    })
  }
}
