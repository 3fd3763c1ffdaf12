import { GraphQLError } from 'graphql'
import { type DocumentMemory, hashOf } from './document-memory.ts'
import type { DocumentManifest } from './manifest.ts'
import type { OperationRequest } from './request-parameters.ts'

export interface DocumentsOptions {
  /** Empty: no document has an id. */
  readonly manifest: DocumentManifest
  /** Whether nothing runs but the documents of the manifest, by their ids. */
  readonly onlyTrusted: boolean
}

/** The text of the document that a request asks for. Throws a GraphQLError if it may not run. */
export type TextOf = (
  request: Pick<OperationRequest, 'query' | 'documentId' | 'automaticHash'>,
) => string

/**
 * A document of the manifest runs by its id there, and by the SHA-256 hash of its text. If any
 * document may run, one that ran lately runs by its hash too: clients that persist their queries by
 * themselves send the hash first, and the text beside it only if the hash is not known.
 */
export function createDocuments(
  { manifest, onlyTrusted }: DocumentsOptions,
  memory: DocumentMemory,
): TextOf {
  const texts = indexById(manifest)

  const isTrusted = (id: string, text: string) => texts.get(id) === text

  const isIdOf = (id: string, text: string) => isTrusted(id, text) || hashesOf(text).includes(id)

  return ({ query, documentId, automaticHash }) => {
    const id = documentId ?? automaticHash
    if (query === undefined) {
      if (id === undefined) throw refusal(onlyTrusted ? ID_REQUIRED : NOTHING_ASKED)
      const text = texts.get(id) ?? memory.textWithHash(id)
      if (text !== undefined) return text
      // Without a manifest no id will ever do, but each hash does once its text was sent.
      throw refusal(manifest.size > 0 || documentId === undefined ? NOT_FOUND : NOT_SUPPORTED)
    }
    if (onlyTrusted && (id === undefined || !isTrusted(id, query))) throw refusal(ID_REQUIRED)
    if (id !== undefined && !isIdOf(id, query)) throw refusal(TWO_DOCUMENTS)
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
const hashesOf = (text: string): string[] => {
  const hash = hashOf(text)
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
  message: 'Expected the id of a trusted document: nothing else runs here.',
}

/** Clients that persist queries by themselves know these two by their messages. */
const NOT_FOUND = { code: 'PERSISTED_QUERY_NOT_FOUND', message: 'PersistedQueryNotFound' }

const NOT_SUPPORTED = {
  code: 'PERSISTED_QUERY_NOT_SUPPORTED',
  message: 'PersistedQueryNotSupported',
}
