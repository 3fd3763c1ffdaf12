import type { GraphQLError } from 'graphql'

/** What callers and the log see of errors, in an order of their own. */
export const comparableErrors = (errors: readonly GraphQLError[] | undefined): readonly string[] =>
  (errors ?? []).map(comparable).toSorted()

const comparable = (error: GraphQLError) => {
  const { name, message } = error.originalError ?? {}
  return JSON.stringify({ ...error.toJSON(), cause: { name, message } })
}
