import { readFile } from 'node:fs/promises'
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse } from 'graphql'
import { z } from 'zod'
import { errorsIn } from './document-rules.ts'

/** The texts of documents by their ids. */
export type DocumentManifest = ReadonlyMap<string, string>

/** Everything that is wrong with a manifest. Names documents by their ids, and repeats no text. */
export class DocumentManifestError extends Error {
  override readonly name = 'DocumentManifestError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Reads what a client's generator printed. Rejects with a DocumentManifestError. */
export async function readDocumentManifest(path: string): Promise<DocumentManifest> {
  return parseDocumentManifest(await readFile(path, 'utf8').catch(failToRead))
}

/** What Apollo's generators print. */
const OPERATION_LIST = z
  .object({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z.array(z.object({ id: z.string().min(1), body: z.string() })).min(1),
  })
  .transform(({ operations }) => operations.map(({ id, body }) => [id, body] as const))

/** What the client preset of GraphQL Code Generator and Relay's compiler print. */
const TEXTS_BY_ID = z
  .record(z.string().min(1), z.string())
  .transform(texts => Object.entries(texts))
  .refine(entries => entries.length > 0)

const MANIFEST = z.union([OPERATION_LIST, TEXTS_BY_ID])

/** Throws a DocumentManifestError. */
export function parseDocumentManifest(text: string): DocumentManifest {
  const { data: entries } = MANIFEST.safeParse(parseJson(text))
  if (!entries) throw new DocumentManifestError([UNKNOWN_SHAPE])
  const manifest = new Map(entries)
  const ambiguous = entries.filter(([id, body]) => manifest.get(id) !== body)
  if (ambiguous.length > 0)
    throw new DocumentManifestError(
      ambiguous.map(([id]) => `expected one text for each id, got two for ${quote(id)}`),
    )
  return manifest
}

/**
 * The documents of a manifest by their texts, parsed. Throws a DocumentManifestError that names each
 * document that would not run.
 */
export function parseTrustedDocuments(
  schema: GraphQLSchema,
  manifest: DocumentManifest,
): ReadonlyMap<string, DocumentNode> {
  const parsed = [...manifest].map(([id, text]) => ({ id, text, ...parseValid(schema, text) }))
  const problems = parsed.flatMap(({ id, error }) =>
    error ? [`expected documents of this graph; ${quote(id)} is none, from ${placeOf(error)}`] : [],
  )
  if (problems.length > 0) throw new DocumentManifestError(problems)
  return new Map(parsed.flatMap(({ text, document }) => (document ? [[text, document]] : [])))
}

interface ParsedDocument {
  readonly document?: DocumentNode
  /** Why it would not run. */
  readonly error?: GraphQLError
}

function parseValid(schema: GraphQLSchema, text: string): ParsedDocument {
  try {
    const document = parse(text)
    const [error] = errorsIn(schema, document)
    return error ? { error } : { document }
  } catch (error) {
    if (error instanceof GraphQLError) return { error }
    throw error
  }
}

const placeOf = ({ locations: [start] = [] }: GraphQLError) =>
  start ? `line ${start.line}, column ${start.column}` : 'its start'

/** On one line, as the file spells it. */
const quote = (id: string): string =>
  JSON.stringify(id.length > MAX_QUOTED ? `${id.slice(0, MAX_QUOTED)}…` : id)

const MAX_QUOTED = 100

const UNKNOWN_SHAPE =
  'expected JSON as client generators print it: {"ID": "TEXT"} with at least one document, or the format apollo-persisted-query-manifest in version 1'

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new DocumentManifestError([UNKNOWN_SHAPE])
  }
}

function failToRead({ code, name }: NodeJS.ErrnoException): never {
  throw new DocumentManifestError([`expected a file that can be read, got ${code ?? name}`])
}
