import type { GraphQLError } from 'graphql'

/** What callers and the log see of errors, in an order of their own. */
export const comparableErrors = (errors: readonly GraphQLError[] | undefined): readonly string[] =>
  (errors ?? []).map(comparable).toSorted()

/**
 * The same for operations whose fields fail at times of their own. Once a failed field has nulled an
 * object above it, the specification leaves open whether fields beside it still report theirs: then
 * only the object is compared that was nulled.
 */
export function errorsLeft(
  errors: readonly GraphQLError[] | undefined,
  data: unknown,
): readonly string[] {
  const left = (errors ?? []).map(error => {
    const nulled = nulledAbove(error.path ?? [], data)
    return nulled ? `null at ${nulled.join('.')}` : comparable(error)
  })
  return [...new Set(left)].toSorted()
}

/** The path of the null that stands in place of an object above a field; undefined if none does. */
function nulledAbove(path: readonly (string | number)[], data: unknown) {
  let value = data
  for (const [depth, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth)
    value = (value as Readonly<Record<string | number, unknown>>)[key]
  }
  return undefined
}

const comparable = (error: GraphQLError) => {
  const { name, message } = error.originalError ?? {}
  return JSON.stringify({ ...error.toJSON(), cause: { name, message } })
}
