import { createHash } from 'node:crypto'
import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'

/** Enough for 30 documents of the largest kind, or for many hundreds of the usual one. */
const MAX_BYTES = 32 * 1024 * 1024

/**
 * What a token takes in memory: 500 bytes of the parsed document (measured), and as much again of
 * what the planner and the executor remember of it.
 */
const BYTES_PER_TOKEN = 1000

/**
 * Valid documents by their texts, so that a document that comes again is neither parsed nor
 * validated again. Bounded in bytes: the document that was used longest ago goes first.
 */
export class DocumentMemory {
  readonly #trusted: ReadonlyMap<string, DocumentNode>
  readonly #kept: LRUCache<string, DocumentNode>
  /** The texts of the documents that are kept, by their hashes. */
  readonly #texts = new Map<string, string>()

  /** Trusted documents are kept for good, and do not count. */
  constructor(trusted: ReadonlyMap<string, DocumentNode>, maxBytes = MAX_BYTES) {
    this.#trusted = trusted
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: bytesOf,
      onInsert: (_, text) => this.#texts.set(hashOf(text), text),
      dispose: (_, text) => this.#texts.delete(hashOf(text)),
    })
  }

  get(text: string): DocumentNode | undefined {
    return this.#trusted.get(text) ?? this.#kept.get(text)
  }

  keep(text: string, document: DocumentNode): void {
    this.#kept.set(text, document)
  }

  /** The text of a document that is kept. Undefined for any other document. */
  textWithHash(hash: string): string | undefined {
    return this.#texts.get(hash)
  }
}

/** As clients send it that persist their queries by themselves: SHA-256 in hexadecimal digits. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Texts that are not Latin-1 take two bytes for each character. Comments count as tokens too. */
function bytesOf({ loc }: DocumentNode, text: string): number {
  let tokens = 0
  for (let token = loc?.startToken; token; token = token.next ?? undefined) tokens += 1
  return 2 * text.length + tokens * BYTES_PER_TOKEN
}
