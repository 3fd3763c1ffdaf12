import { describe, expect, test } from 'vitest'
import type { Import } from './source-files.ts'
import { roomOf, sourceFiles } from './source-files.ts'

/** Which rooms a room may use, and of which it may import types alone. */
const MAY_IMPORT: Readonly<
  Record<string, { values: readonly string[]; types: readonly string[] }>
> = {
  server: {
    values: [
      'cache',
      'execution',
      'schema',
      'loaders',
      'history',
      'upstream',
      'log.ts',
      'secret.ts',
      'version.ts',
    ],
    types: ['config.ts', 'variables'],
  },
  execution: { values: [], types: [] },
  schema: { values: ['execution', 'loaders', 'questions'], types: ['history', 'upstream'] },
  loaders: { values: ['cache', 'history', 'upstream', 'questions'], types: [] },
  cache: { values: ['upstream'], types: [] },
  questions: { values: [], types: ['upstream'] },
  export: { values: [], types: [] },
  history: { values: [], types: [] },
  upstream: { values: [], types: [] },
  check: { values: ['upstream', 'config.ts'], types: [] },
  emulator: { values: [], types: [] },
  'config.ts': { values: ['secret.ts', 'variables'], types: [] },
  'secret.ts': { values: [], types: [] },
  variables: { values: ['secret.ts'], types: [] },
  'log.ts': { values: [], types: [] },
  'standard-output.ts': { values: [], types: [] },
  'log-for-people.ts': { values: [], types: ['log.ts'] },
  'version.ts': { values: [], types: [] },
}

/** Which folders of its room a folder may use. What lies in the room itself may use them all. */
const FOLDERS_MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  server: {
    http: [],
    callers: [],
    documents: [],
    graphiql: ['http'],
    metrics: ['http'],
    pipeline: ['http', 'callers', 'documents', 'metrics'],
  },
  history: {
    pages: [],
    labels: [],
    traits: ['pages'],
    proofs: ['pages', 'traits'],
    steps: ['pages', 'proofs'],
    search: ['pages', 'steps'],
    lists: ['pages', 'traits', 'proofs', 'steps', 'search'],
    chats: ['pages', 'traits'],
  },
  upstream: {
    wire: [],
    bodies: ['wire'],
    calls: ['bodies'],
  },
  emulator: {
    content: [],
    records: ['content'],
    answers: ['content', 'records'],
    odd: ['content', 'answers'],
  },
}

/** Files that all folders of their room may use. */
const FOR_ALL_FOLDERS = [
  'history/cursor.ts',
  'history/list-errors.ts',
  'history/slice.ts',
  'upstream/endpoint.ts',
  'upstream/errors.ts',
  'upstream/oddity.ts',
  'emulator/china-time.ts',
  'emulator/random.ts',
  'emulator/row-list.ts',
]

/** Where folders may import types of any other. */
const BY_VALUE_ALONE = ['history', 'upstream', 'emulator']

const crossing = sourceFiles.flatMap(({ path, imports }) =>
  imports
    .filter(({ isOfSource, target }) => isOfSource && roomOf(target) !== roomOf(path))
    .map(each => ({ ...each, path })),
)

const serverFolderOf = (path: string) => folderIn('server', path)

const folderIn = (room: string, path: string) =>
  path.startsWith(`${room}/`) ? /^[^/]+\/([^/]+)\//.exec(path)?.[1] : undefined

const line = ({ path, target }: Import & { readonly path: string }) => `${path} imports ${target}`

function isAllowed({ path, target, isTypeOnly }: Import & { readonly path: string }): boolean {
  const allowed = MAY_IMPORT[roomOf(path)]
  if (!allowed) return true
  const room = roomOf(target)
  const asType = isTypeOnly && allowed.types.includes(room)
  // Cursors are text of the graph: the schema reads those of its arguments.
  const asCursor = roomOf(path) === 'schema' && target === 'history/cursor.ts'
  return allowed.values.includes(room) || asType || asCursor
}

test('rooms import in one direction', () => {
  expect(crossing.filter(each => !isAllowed(each)).map(line)).toEqual([])
})

describe.each(Object.entries(FOLDERS_MAY_IMPORT))('the folders of %s', (room, mayImport) => {
  test('import in one direction', () => {
    const wrong = sourceFiles.flatMap(({ path, imports }) => {
      const folder = folderIn(room, path)
      if (folder === undefined) return []
      const allowed = [folder, ...(mayImport[folder] ?? [])]
      return imports
        .filter(({ target }) => target.startsWith(`${room}/`))
        .filter(({ isTypeOnly }) => !isTypeOnly || !BY_VALUE_ALONE.includes(room))
        .filter(({ target }) => !FOR_ALL_FOLDERS.includes(target))
        .filter(({ target }) => !allowed.includes(folderIn(room, target) ?? 'the room itself'))
        .map(each => ({ ...each, path }))
    })
    expect(wrong.map(line)).toEqual([])
  })

  test('all have their directions', () => {
    const folders = new Set(sourceFiles.flatMap(({ path }) => folderIn(room, path) ?? []))
    expect([...folders].toSorted()).toEqual(Object.keys(mayImport).toSorted())
  })
})

test('what speaks HTTP knows nothing of GraphQL', () => {
  const knowing = sourceFiles
    .filter(({ path }) => serverFolderOf(path) === 'http')
    .flatMap(({ path, imports }) => imports.map(each => ({ ...each, path })))
    .filter(({ target }) => /graphql/.test(target))
  expect(knowing.map(line)).toEqual([])
})

test('only the process imports the emulator, when it needs it', () => {
  const importers = crossing.filter(({ target }) => roomOf(target) === 'emulator')
  expect(
    importers.filter(({ path, isDynamic }) => path !== 'process.ts' || !isDynamic).map(line),
  ).toEqual([])
})

test('nothing imports what runs as a process', () => {
  const started = crossing.filter(({ target }) => target.endsWith('main.ts'))
  expect(started.map(line)).toEqual([])
})

test('imports lead to a file', () => {
  const paths = new Set(sourceFiles.map(({ path }) => path))
  const lost = sourceFiles.flatMap(({ path, imports }) =>
    imports
      .filter(({ isOfSource, target }) => isOfSource && !paths.has(target))
      .map(each => line({ ...each, path })),
  )
  expect(lost).toEqual([])
})

test('no import goes round in a circle', () => {
  const graph = new Map(
    sourceFiles.map(({ path, imports }) => [
      path,
      imports.filter(each => each.isOfSource && !each.isTypeOnly).map(({ target }) => target),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path) || trail.includes(path)) return
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  expect(circles).toEqual([])
})

test('no file only passes on what others export', () => {
  const barrels = sourceFiles.filter(
    ({ path, text }) => /(^|\/)index\.ts$/.test(path) || /^export\s+\*/m.test(text),
  )
  expect(barrels.map(({ path }) => path)).toEqual([])
})

test('exports have names', () => {
  const unnamed = sourceFiles.filter(({ text }) => /^export default\b/m.test(text))
  expect(unnamed.map(({ path }) => path)).toEqual([])
})

test.each([
  ['reads the environment', /\bprocess\.env\b/, ['config.ts', 'process.ts']],
  ['ends the process', /\bprocess\.exit\b/, ['process.ts']],
])('only one file %s, beside those that are programs of their own', (_, pattern, allowed) => {
  const programs = [
    'check/main.ts',
    'emulator/main.ts',
    'explain.ts',
    'export/main.ts',
    'print-schema.ts',
  ]
  const using = sourceFiles.filter(({ text }) => pattern.test(text)).map(({ path }) => path)
  expect(using.filter(path => ![...allowed, ...programs].includes(path))).toEqual([])
})
