import { GraphQLError } from 'graphql'

/** Refuses what is larger than callers may send. */
export const limitError = (code: string, what: string, limit: number, found: number) =>
  new GraphQLError(`Expected at most ${limit} ${what}, got ${found}.`, {
    extensions: { code, limit, found, retryable: false },
  })
