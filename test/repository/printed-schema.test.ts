import type { GraphQLNamedType } from 'graphql'
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { expect, test } from 'vitest'
import { printedSchema, printedSubgraph } from '../../src/print-schema.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { readRepositoryFile } from './source-files.ts'

interface Described {
  /** Such as `Query.remoteRecord(csId:)`. */
  readonly coordinate: string
  readonly description: string | null | undefined
}

const schema = createSchema()
const FEDERATION = new Set([
  '_Any',
  '_Entity',
  '_Service',
  '_FieldSet',
  'Query._entities',
  'Query._service',
])

const ownTypes = Object.values(schema.getTypeMap()).filter(
  type =>
    !type.name.startsWith('__') &&
    !isSpecifiedScalarType(type) &&
    !FEDERATION.has(type.name) &&
    !/^(federation__|link__)/.test(type.name),
)

const described: readonly Described[] = ownTypes.flatMap(type => [
  { coordinate: type.name, description: type.description },
  ...membersOf(type),
])

function membersOf(type: GraphQLNamedType): Described[] {
  const coordinate = (name: string) => `${type.name}.${name}`
  if (isEnumType(type) || isInputObjectType(type)) {
    const members = isEnumType(type) ? type.getValues() : Object.values(type.getFields())
    return members.map(({ name, description }) => ({ coordinate: coordinate(name), description }))
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields())
    .filter(({ name }) => !FEDERATION.has(coordinate(name)))
    .flatMap(({ name, description, args }) => [
      { coordinate: coordinate(name), description },
      ...args.map(each => ({
        coordinate: `${coordinate(name)}(${each.name}:)`,
        description: each.description,
      })),
    ])
}

test('schema.graphql is the schema', () => {
  expect(
    readRepositoryFile('schema.graphql') === printedSchema(),
    'schema.graphql is not what the code says: run `npm run print-schema`',
  ).toBe(true)
})

test('schema.graphql is plain SDL: graphql-js takes it without a word about directives', () => {
  const built = buildSchema(readRepositoryFile('schema.graphql'))
  expect(built.getQueryType()?.getFields()).toHaveProperty('node')
  expect(Object.keys(built.getTypeMap()).filter(name => /^_[^_]/.test(name))).toEqual([])
  expect(Object.keys(built.getQueryType()?.getFields() ?? {}).toSorted()).toEqual(
    Object.keys(schema.getQueryType()?.getFields() ?? {}).filter(name => !name.startsWith('_')),
  )
})

test('everything has a description', () => {
  expect(described.length).toBeGreaterThan(100)
  const silent = described.filter(({ description }) => !description?.trim())
  expect(silent.map(({ coordinate }) => coordinate)).toEqual([])
})

test('descriptions are sentences, and name nothing of the inside', () => {
  const inside =
    /\b(loader|dataloader|pothos|yoga|resolver|emulator|cache|undici|redis|TODO|src\/|\.ts\b)/i
  const odd = described.filter(
    ({ description }) => inside.test(description ?? '') || !/^[A-Z`].*\.$/s.test(description ?? ''),
  )
  expect(odd).toEqual([])
})

test('what the upstream knows by a name of its own says it, in Chinese or as spelt there', () => {
  const fields = described.filter(({ coordinate }) => /^RemoteRecord\.\w+$/.test(coordinate))
  const bare = fields.filter(
    ({ coordinate, description }) =>
      coordinate !== 'RemoteRecord.id' &&
      !/\p{Script=Han}|upstream:|csBTime/u.test(description ?? ''),
  )
  expect(bare).toEqual([])
})

test('the four types that other subgraphs refer to are entities', () => {
  const entities = printedSubgraph().match(/^type \w+[^{]*@key\(fields: "[^"]+"\)/gm) ?? []
  expect(entities.map(each => each.replace(/\s+/g, ' '))).toEqual([
    'type Agent implements Node @key(fields: "servicerId")',
    'type Client @key(fields: "uniqueNumber")',
    'type ProblemType @key(fields: "level optionId")',
    'type RemoteRecord implements Node @key(fields: "csId")',
  ])
})
