import { readFile } from 'node:fs/promises'
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse } from 'graphql'
import { z } from 'zod'
import { errorsIn } from './document-rules.ts'

/** The texts of documents by their ids. */
export type DocumentManifest = ReadonlyMap<string, string>

/** Everything that is wrong with a manifest. It names files by their places in the list. */
export class DocumentManifestError extends Error {
  override readonly name = 'DocumentManifestError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Reads what the generators of several clients printed. Rejects with a DocumentManifestError. */
export async function readDocumentManifest(paths: readonly string[]): Promise<DocumentManifest> {
  const texts = await Promise.all(
    paths.map((path, at) => readFile(path, 'utf8').catch(error => failToRead(error, at, paths))),
  )
  return parseDocumentManifest(texts)
}

/** What Apollo's generators print. */
const OPERATION_LIST = z
  .strictObject({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          body: z.string(),
          name: z.string().optional(),
          type: z.string().optional(),
          clientName: z.string().nullish(),
        }),
      )
      .min(1),
  })
  .transform(({ operations }) => operations.map(({ id, body }) => [id, body] as const))

/** What the client preset of GraphQL Code Generator and Relay's compiler print. */
const TEXTS_BY_ID = z
  .record(z.string().min(1), z.string())
  .transform(texts => Object.entries(texts))
  .refine(entries => entries.length > 0, 'expected at least one document')

/** Puts the contents of several files together. Throws a DocumentManifestError. */
export function parseDocumentManifest(files: readonly string[]): DocumentManifest {
  const parsed = files.map((text, at) => {
    const { entries = [], problems = [] } = parseFile(text)
    return { entries, problems: problems.map(problem => placeOfFile(at, files) + problem) }
  })
  const entries = parsed.flatMap(file => file.entries)
  const manifest = new Map(entries)
  const ambiguous = entries.filter(([id, body]) => manifest.get(id) !== body)
  const problems = [
    ...parsed.flatMap(file => file.problems),
    ...ambiguous.map(([id]) => `expected one text for each id, got two for ${quote(id)}`),
  ]
  if (problems.length > 0) throw new DocumentManifestError(problems)
  return manifest
}

interface ParsedFile {
  readonly entries?: readonly (readonly [id: string, text: string])[]
  readonly problems?: readonly string[]
}

function parseFile(text: string): ParsedFile {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return { problems: [shorten(`${UNKNOWN_SHAPE}; ${error}`)] }
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    return { problems: [UNKNOWN_SHAPE] }
  // Each format refuses keys of the other: a mixture would lose the documents of one of them.
  const isList = 'format' in content || 'operations' in content
  const { data: entries, error } = (isList ? OPERATION_LIST : TEXTS_BY_ID).safeParse(content)
  if (entries) return { entries }
  const reasons = (error?.issues ?? []).map(describeIssue)
  return { problems: [shorten([UNKNOWN_SHAPE, ...reasons].join('; '))] }
}

const describeIssue = ({ path, message }: z.core.$ZodIssue): string =>
  path.length > 0 ? `${message} at ${quote(path.join('.'))}` : message

/** Names a file by its place, if there are several. */
const placeOfFile = (at: number, files: readonly string[]): string =>
  files.length > 1 ? `file ${at + 1}: ` : ''

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
    error
      ? [
          `expected documents of this graph; ${quote(id)} is none, from ${placeOf(error)}: ${shorten(error.message)}`,
        ]
      : [],
  )
  if (problems.length > 0) throw new DocumentManifestError(problems)
  return new Map(parsed.flatMap(({ text, document }) => (document ? [[text, document]] : [])))
}

/** The names that operations have in documents. */
export const operationNamesIn = (documents: Iterable<DocumentNode>): readonly string[] =>
  [...documents].flatMap(({ definitions }) =>
    definitions.flatMap(each =>
      each.kind === Kind.OPERATION_DEFINITION ? (each.name?.value ?? []) : [],
    ),
  )

interface ParsedDocument {
  readonly document?: DocumentNode
  /** Why it would not run. */
  readonly error?: GraphQLError
}

function parseValid(schema: GraphQLSchema, text: string): ParsedDocument {
  try {
    const document = parse(text)
    const [error] = errorsIn(schema, document, { isIntrospectable: true })
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

/** On one line too. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > MAX_REASON ? `${line.slice(0, MAX_REASON)}…` : line
}

const MAX_REASON = 400

const UNKNOWN_SHAPE =
  'expected JSON as client generators print it: {"ID": "TEXT"} with at least one document, or the format apollo-persisted-query-manifest in version 1'

function failToRead(
  { code, name }: NodeJS.ErrnoException,
  at: number,
  paths: readonly string[],
): never {
  throw new DocumentManifestError([
    `${placeOfFile(at, paths)}expected a file that can be read, got ${code ?? name}`,
  ])
}
