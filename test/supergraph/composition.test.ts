import { printSubgraphSchema } from '@apollo/subgraph'
import type { ConstDirectiveNode, ObjectTypeDefinitionNode } from 'graphql'
import { buildSchema, isInterfaceType, Kind, parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { printedSubgraph } from '../../src/print-schema.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { startGateway } from '../gateway.ts'
import { readRepositoryFile } from '../repository/source-files.ts'
import {
  COMPOSERS,
  crm,
  directory,
  fieldsOf,
  remoteAssistance,
  staff,
  subgraph,
} from './compose.ts'

/** It reads the key out of an id, and returns a reference. */
const nodeOwner = subgraph(
  'nodes',
  `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@external", "@key"])
  type Query { node(id: ID!): Node }
  interface Node { id: ID! }
  type RemoteRecord implements Node @key(fields: "csId") { csId: ID!  id: ID! @external }
  type Agent implements Node @key(fields: "servicerId") { servicerId: ID!  id: ID! @external }`,
)

/** It keeps the ids that it was asked by, and hands them on with the reference. */
const nodeOwnerWithIds = subgraph(
  'nodes',
  `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  type Query { node(id: ID!): Node }
  interface Node { id: ID! }
  type RemoteRecord implements Node @key(fields: "csId") { csId: ID!  id: ID! @shareable }
  type Agent implements Node @key(fields: "servicerId") { servicerId: ID!  id: ID! @shareable }`,
)

describe.each(Object.entries(COMPOSERS))('by %s', (_, compose) => {
  it.each([
    ['alone', []],
    ['with the CRM', [crm]],
    ['with the staff', [staff]],
    ['with the directory, which has nodes of its own', [directory]],
    ['with all of them', [crm, staff, directory]],
  ])('the graph composes %s, without an error or a hint', (_, neighbours) => {
    const { schema, complaints } = compose([...neighbours, remoteAssistance])
    expect(complaints).toEqual([])
    expect(fieldsOf(schema, 'RemoteRecord')).toContain('chatMessages')
  })

  it('joins what its neighbours know to its own types', () => {
    const { schema } = compose([crm, staff, directory, remoteAssistance])
    expect(fieldsOf(schema, 'Client')).toEqual(['company', 'remoteRecords', 'uniqueNumber'])
    expect(fieldsOf(schema, 'Agent')).toEqual([
      'id',
      'name',
      'remoteRecords',
      'servicerId',
      'staffMember',
    ])
    expect(fieldsOf(schema, 'Query')).toEqual([
      'agent',
      'agents',
      'client',
      'companies',
      'node',
      'nodes',
      'offices',
      'remoteRecord',
      'remoteRecordStatistics',
      'remoteRecords',
      'remoteRecordsByCsId',
      'serviceSummary',
      'staffMembers',
      'ticket',
      'tickets',
    ])
  })

  it('lets the subgraph that has `node` hand our ids on to us', () => {
    const { schema, complaints } = compose([nodeOwner, remoteAssistance])
    expect(complaints).toEqual([])
    const node = schema?.getType('Node')
    expect(isInterfaceType(node) && schema?.getPossibleTypes(node).map(String).toSorted()).toEqual([
      'Agent',
      'RemoteRecord',
    ])
  })

  it.each(['RemoteRecord', 'Agent'])(
    'lets it hand on the id of a %s, for no call of ours',
    typeName => {
      const { supergraph, complaints } = compose([nodeOwnerWithIds, remoteAssistance])
      expect(complaints).toEqual([])
      expect(ownersOfId(supergraph, typeName)).toEqual(['NODES', 'REMOTE_ASSISTANCE'])
    },
  )

  it('does not compose with `node` in it where somebody else has one: either would be asked for the ids of the other', () => {
    const whole = subgraph('remote-assistance', printSubgraphSchema(createSchema()))
    const { supergraph, complaints } = compose([directory, whole])
    expect(supergraph).toBeUndefined()
    expect(complaints.join('\n')).toContain('"Query.node" is resolved from multiple subgraphs')
  })
})

/** The subgraphs of which a router may ask the id of a type: without a word on the field, all of them. */
function ownersOfId(supergraph = '', typeName: string): string[] {
  const type = parse(supergraph).definitions.find(
    definition =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === typeName,
  ) as ObjectTypeDefinitionNode
  const id = type.fields?.find(({ name }) => name.value === 'id')
  const graphsOf = (
    node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
    name: string,
  ) =>
    (node.directives ?? [])
      .filter(each => each.name.value === name && !print(each).includes('external: true'))
      .map(each => /graph: (\w+)/.exec(print(each))?.[1] ?? '')
  const owners = id ? graphsOf(id, 'join__field') : []
  return (owners.length > 0 ? owners : graphsOf(type, 'join__type')).toSorted()
}

const sdl = readRepositoryFile('test/supergraph/remote-assistance.graphql')

it('is the file that composes here, and what `_service` tells a router but for scopes', async () => {
  expect(
    sdl === printedSubgraph(),
    'test/supergraph/remote-assistance.graphql is not what the code says: run `npm run print-schema`',
  ).toBe(true)
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask('{ _service { sdl } }')
  expect(data).toEqual({ _service: { sdl: printedSubgraph({ hasScopes: false }) } })
  expect(calls).toEqual([])
})

it('names no scope if they are left out, and is the same else', () => {
  const plain = printedSubgraph({ hasScopes: false })
  expect(plain).not.toMatch(/scopes:|authenticated/)
  const isOfScopes = / @requiresScopes\(scopes: \[\["[a-z:]+"\]\]\)| @authenticated/g
  const imported = /"@(?:authenticated|requiresScopes)", /g
  expect(plain).toBe(sdl.replaceAll(isOfScopes, '').replaceAll(imported, ''))
})

it('lacks nothing of schema.graphql but `node` and `nodes`', () => {
  const coordinatesOf = (text: string) =>
    Object.values(buildSchema(text, { assumeValidSDL: true }).getTypeMap()).flatMap(type =>
      'getFields' in type
        ? Object.keys(type.getFields()).map(field => `${type.name}.${field}`)
        : [type.name],
    )
  const composed = new Set(coordinatesOf(sdl))
  const whole = coordinatesOf(readRepositoryFile('schema.graphql'))
  expect(whole.filter(each => !composed.has(each))).toEqual(['Query.node', 'Query.nodes'])
})
