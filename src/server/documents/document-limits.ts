import { type DocumentNode, GraphQLError, Lexer, Source, TokenKind } from 'graphql'
import type { DocumentLimits } from '../../variables/limits.ts'
import { sizeOfDocument } from './document-size.ts'
import { limitError } from './limit-error.ts'

const KINDS = [
  { count: 'depth', code: 'DEPTH_LIMIT', what: 'fields within each other' },
  { count: 'fragmentDepth', code: 'FRAGMENT_DEPTH_LIMIT', what: 'fragments within each other' },
  { count: 'rootFields', code: 'ROOT_FIELD_LIMIT', what: 'fields at the root of an operation' },
  { count: 'fields', code: 'FIELD_LIMIT', what: 'fields, with all fragments written out' },
  { count: 'aliases', code: 'ALIAS_LIMIT', what: 'aliases' },
  { count: 'directives', code: 'DIRECTIVE_LIMIT', what: 'directives' },
  { count: 'repeatedFields', code: 'REPEATED_FIELD_LIMIT', what: 'fields that repeat others' },
] as const

/** Why a document is refused before it is validated; empty if it is not. */
export function tooLargeIn(document: DocumentNode, limits: DocumentLimits): GraphQLError[] {
  const size = sizeOfDocument(document)
  if (!size) return [new GraphQLError('A fragment of this document spreads itself.')]
  return KINDS.flatMap(({ count, code, what }) =>
    size[count] > limits[count] ? [limitError(code, what, limits[count], size[count])] : [],
  )
}

/** Throws a GraphQLError for a text that is too long to be parsed. */
export function assertShort(text: string, { bytes }: DocumentLimits): void {
  const found = Buffer.byteLength(text)
  if (found > bytes) throw limitError('DOCUMENT_SIZE_LIMIT', 'bytes of a document', bytes, found)
}

/** The refusal of a text that has too many tokens; undefined if its tokens are few, or cannot be read. */
export function tooManyTokens(text: string, { tokens }: DocumentLimits): GraphQLError | undefined {
  const found = tokensOf(text)
  return found > tokens ? limitError('TOKEN_LIMIT', 'tokens', tokens, found) : undefined
}

/** How many tokens a text has, up to one that cannot be read. */
function tokensOf(text: string): number {
  const lexer = new Lexer(new Source(text))
  let count = 0
  try {
    while (lexer.advance().kind !== TokenKind.EOF) count += 1
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
  }
  return count
}
