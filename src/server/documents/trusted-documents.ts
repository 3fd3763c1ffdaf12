import { createHash } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { DocumentManifest } from './manifest.ts'
import type { OperationRequest } from './request-parameters.ts'

export interface DocumentsOptions {
  /** Empty: no document has an id. */
  readonly manifest: DocumentManifest
  /** Whether nothing runs but the documents of the manifest, by their ids. */
  readonly onlyTrusted: boolean
}

/** The text of the document that a request asks for. Throws a GraphQLError if it may not run. */
export type TextOf = (request: Pick<OperationRequest, 'query' | 'documentId'>) => string

/** A document of the manifest runs by its id there, and by the SHA-256 hash of its text. */
export function createDocuments({ manifest, onlyTrusted }: DocumentsOptions): TextOf {
  const texts = indexById(manifest)

  function textById(documentId: string): string {
    const text = texts.get(documentId)
    if (text === undefined) throw refusal(manifest.size > 0 ? NOT_FOUND : NOT_SUPPORTED)
    return text
  }

  const isIdOf = (documentId: string, text: string) =>
    texts.get(documentId) === text || hashesOf(text).includes(documentId)

  return ({ query, documentId }) => {
    if (query === undefined && documentId !== undefined) return textById(documentId)
    if (onlyTrusted) throw refusal(ID_REQUIRED)
    if (query === undefined) throw refusal(NOTHING_ASKED)
    // Clients that persist queries by themselves send both if an id was not known.
    if (documentId !== undefined && !isIdOf(documentId, query)) throw refusal(TWO_DOCUMENTS)
    return query
  }
}

/** If an id of the manifest is another document's hash, the id counts. */
function indexById(manifest: DocumentManifest): ReadonlyMap<string, string> {
  const byHash = [...manifest.values()].flatMap(text =>
    hashesOf(text).map(hash => [hash, text] as const),
  )
  return new Map([...byHash, ...manifest])
}

/** As Apollo's clients send a hash, and as GraphQL over HTTP spells it. */
function hashesOf(text: string): string[] {
  const hash = createHash('sha256').update(text).digest('hex')
  return [hash, `sha256:${hash}`]
}

interface Refusal {
  readonly code: string
  readonly message: string
}

const refusal = ({ code, message }: Refusal) =>
  new GraphQLError(message, { extensions: { code, retryable: false } })

const NOTHING_ASKED = {
  code: 'BAD_REQUEST',
  message: 'Expected query or documentId to be a string, got neither.',
}

const TWO_DOCUMENTS = {
  code: 'BAD_REQUEST',
  message: 'Expected the id beside query to be of that text, got another.',
}

const ID_REQUIRED = {
  code: 'PERSISTED_QUERY_ID_REQUIRED',
  message: 'Expected the id of a trusted document, and no text: nothing else runs here.',
}

const NOT_FOUND = {
  code: 'PERSISTED_QUERY_NOT_FOUND',
  message: 'Expected the id of a document in the manifest, got another.',
}

const NOT_SUPPORTED = {
  code: 'PERSISTED_QUERY_NOT_SUPPORTED',
  message: 'Expected query: this gateway has no manifest, so no document has an id.',
}
