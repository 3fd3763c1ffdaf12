import { GraphQLError } from 'graphql'

/** A 401 that makes browsers ask for an account. */
export const refuseCredentials = (message: string): GraphQLError =>
  unauthenticated(message, 'Basic realm="bangwo8", charset="UTF-8"')

/** A 401 for a token (RFC 6750): without an error code if there is none at all. */
export const refuseToken = (message: string, error?: 'invalid_token'): GraphQLError =>
  unauthenticated(message, `Bearer realm="bangwo8"${error ? `, error="${error}"` : ''}`)

const unauthenticated = (message: string, challenge: string) =>
  new GraphQLError(message, {
    extensions: {
      code: 'UNAUTHENTICATED',
      retryable: false,
      http: { headers: { 'WWW-Authenticate': challenge } },
    },
  })

/** For accounts that may not learn what the graph has: it is the same whatever is wrong. */
export const refuseWithoutNames = (): GraphQLError =>
  new GraphQLError(
    'Expected a document that this graph takes, got another. What is wrong with it is said to accounts that the upstream has accepted: ask it something right first.',
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false } },
  )

/** A 429: accounts that the upstream refused were tried too often. */
export class TooManyAttemptsError extends GraphQLError {
  constructor(waitMs: number) {
    const seconds = Math.ceil(waitMs / 1000)
    super(
      `Too many accounts that the upstream does not accept were tried: expected no other within ${seconds} s, got one.`,
      {
        extensions: {
          code: 'TOO_MANY_ATTEMPTS',
          retryable: true,
          retryAfterMs: seconds * 1000,
          http: { headers: { 'Retry-After': String(seconds) } },
        },
      },
    )
  }
}
