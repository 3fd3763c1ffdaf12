import { buildSchema, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createSchema } from '../../src/schema/schema.ts'
import { printSubgraph } from '../../src/schema/subgraph.ts'
import { startGateway } from '../gateway.ts'
import { readRepositoryFile } from '../repository/source-files.ts'
import { COMPOSERS, neighbour } from './compose.ts'

const sdl = printSubgraph(createSchema())
const remoteAssistance = { name: 'remote-assistance', sdl }
const crm = neighbour('crm')
const staff = neighbour('staff')
const directory = neighbour('directory')

describe.each(Object.entries(COMPOSERS))('by %s', (_, compose) => {
  it.each([
    ['alone', []],
    ['with the CRM', [crm]],
    ['with the staff', [staff]],
    ['with the directory, which has nodes of its own', [directory]],
    ['with all of them', [crm, staff, directory]],
  ])('the graph composes %s, without an error or a hint', (_, neighbours) => {
    const { supergraph, complaints } = compose([...neighbours, remoteAssistance])
    expect(complaints).toEqual([])
    expect(supergraph).toContain('companyName: String')
  })

  it('joins what its neighbours know to its own types', () => {
    const { supergraph } = compose([crm, staff, directory, remoteAssistance])
    const composed = buildSchema(supergraph ?? '', { assumeValidSDL: true })
    const fieldsOf = (name: string) => {
      const type = composed.getType(name)
      return isObjectType(type) ? Object.keys(type.getFields()) : []
    }
    expect(fieldsOf('Client').toSorted()).toEqual(['company', 'uniqueNumber'])
    expect(fieldsOf('Agent')).toEqual(expect.arrayContaining(['staffMember', 'remoteRecords']))
    expect(fieldsOf('Query')).toEqual(
      expect.arrayContaining(['node', 'offices', 'remoteRecords', 'staffMembers', 'tickets']),
    )
    expect(composed.getType('PageInfo')?.description).toBe(
      'Information about pagination in a connection.',
    )
  })

  it('could not have `node` from two subgraphs: each would be asked for ids of the other', () => {
    const whole = { ...remoteAssistance, sdl: readRepositoryFile('schema.graphql') }
    const { supergraph, complaints } = compose([directory, whole])
    expect(supergraph).toBeUndefined()
    expect(complaints.join('\n')).toContain('Query.node')
  })
})

it('is what `_service` tells a router', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask('{ _service { sdl } }')
  expect(data._service.sdl).toBe(sdl)
  expect(calls).toEqual([])
})

it('lacks nothing of schema.graphql but `node` and `nodes`', () => {
  const coordinates = (text: string) =>
    Object.values(buildSchema(text, { assumeValidSDL: true }).getTypeMap()).flatMap(type =>
      'getFields' in type
        ? Object.keys(type.getFields()).map(field => `${type.name}.${field}`)
        : [type.name],
    )
  const composed = new Set(coordinates(sdl))
  const missing = coordinates(readRepositoryFile('schema.graphql')).filter(
    each => !composed.has(each),
  )
  expect(missing).toEqual(['Query.node', 'Query.nodes'])
})
