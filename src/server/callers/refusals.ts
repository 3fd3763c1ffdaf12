import { GraphQLError } from 'graphql'

/** Makes browsers ask for an account. */
const CHALLENGE = { 'WWW-Authenticate': 'Basic realm="bangwo8", charset="UTF-8"' }

/** A 401 with its challenge. */
export const refuseCredentials = (message: string) =>
  new GraphQLError(message, {
    extensions: { code: 'UNAUTHENTICATED', retryable: false, http: { headers: CHALLENGE } },
  })

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
