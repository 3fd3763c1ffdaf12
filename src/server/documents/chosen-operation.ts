import { type DocumentNode, GraphQLError, getOperationAST, Kind } from 'graphql'

/** The most names that a refusal lists. */
const NAMED = 5
/** The most characters of a name that it shows. */
const SHOWN = 64

/** Throws a GraphQLError with code BAD_USER_INPUT unless it is clear which operation is to run. */
export function assertOperationChosen(
  document: DocumentNode,
  operationName: string | null | undefined,
): void {
  if (getOperationAST(document, operationName)) return
  throw new GraphQLError(sentenceOn(document, operationName), {
    extensions: { code: 'BAD_USER_INPUT', retryable: false },
  })
}

/** The names of the operations. The name is empty if an operation has none. */
const namesIn = ({ definitions }: DocumentNode): string[] =>
  definitions.flatMap(definition =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? ''] : [],
  )

function sentenceOn(document: DocumentNode, wanted: string | null | undefined): string {
  const names = namesIn(document)
  if (names.length === 0) return withoutOperation(document)
  if (!wanted) {
    const has = `The document has ${names.length} operations`
    return names.includes('')
      ? `${has}: give each a name, and name the one to run in operationName.`
      : `${has}: operationName must be one of ${listOf(names)}.`
  }
  // The name that was wanted is not repeated, because it may be any text.
  return `The document has no operation of the name in operationName. It has ${listOf(names)}.`
}

const withoutOperation = ({ definitions }: DocumentNode): string =>
  definitions.every(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
    ? 'The document has no operation, only fragments.'
    : 'The document has no operation.'

const listOf = (names: readonly string[]): string => {
  const shown = names.slice(0, NAMED).map(name => (name ? quoted(name) : 'one without a name'))
  const left = names.length - shown.length
  return left > 0 ? `${shown.join(', ')} and ${left} others` : shown.join(', ')
}

const quoted = (name: string) => `"${name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name}"`
