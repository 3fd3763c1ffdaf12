import { buildSchema, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { DEAREST, type FieldExtensions } from '../../src/schema/plan/field-plan.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { planOf } from '../schema/plan/planning.ts'
import { COMPOSERS, crm, directory, remoteAssistance, staff } from './compose.ts'
import { demandOf, stated } from './demand.ts'

const schema = createSchema()

const ownTypes = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('_') && name !== 'Query')

/** A plan without calls and look-ups says only how many objects a field gives. */
function makesCalls({ plan, usual = {}, isForDirectCallers }: FieldExtensions): boolean {
  if (plan === undefined || isForDirectCallers) return false
  const { calls, lookUps } = plan(usual as never, DEAREST)
  return calls.length > 0 || lookUps !== undefined
}

const composed = Object.entries(COMPOSERS).map(([name, compose]) => {
  const { supergraph = '' } = compose([crm, staff, directory, remoteAssistance])
  return [name, buildSchema(supergraph, { assumeValidSDL: true })] as const
})

describe.each(composed)('what a router adds up, in a supergraph by %s', (_, supergraph) => {
  it.each([
    [
      '{ remoteRecords(first: 100) { nodes { csId client { uniqueNumber } customFields { key } } } }',
      6,
    ],
    [
      '{ remoteRecords(first: 100) { nodes { problemType { label } problemSubtype { label } } } }',
      6,
    ],
    [
      '{ remoteRecords(createdOn: { from: "2026-11-01" }) { totalCount pageInfo { endCursor } } }',
      6,
    ],
    ['{ remoteRecords(first: 50) { edges { cursor node { serviceSummary { state } } } } }', 56],
    ['{ remoteRecords { nodes { serviceSummary { state } } } }', 26],
    ['{ remoteRecords(last: 20) { nodes { chatMessages(last: 100) { nodes { text } } } } }', 66],
    ['{ remoteRecords(first: 10) { nodes { agent { remoteRecords { totalCount } } } } }', 66],
    ['{ remoteRecord(csId: 1500) { problemType { label } } }', 16],
    ['{ remoteRecordsByCsId(csIds: [1500, 9500]) { csId problemType { label } } }', 300],
    ['{ agent(servicerId: 203) { servicerId } }', 0],
    ['{ serviceSummary(csId: 1500) { customFields { key value } } }', 1],
  ])('%s demands %d, no less than the gateway plans', (source, demand) => {
    expect(demandOf(supergraph, source)).toBe(demand)
    expect(planOf(source).atMost).toBeLessThanOrEqual(demand)
  })

  it('is three times too much for short chats: of a field one weight is told, its dearest', () => {
    const source =
      '{ remoteRecords(first: 20) { nodes { chatMessages(first: 2) { nodes { text } } } } }'
    expect(demandOf(supergraph, source)).toBe(66)
    expect(planOf(source)).toMatchObject({ expected: 21, atMost: 23 })
  })

  it("is too little for labels of one agent's records, where each is on a day of its own", () => {
    const source =
      '{ agent(servicerId: 203) { remoteRecords(first: 50) { nodes { problemType { label } } } } }'
    expect(demandOf(supergraph, source)).toBe(6)
    expect(planOf(source)).toMatchObject({ expected: 2, atMost: 117 })
  })

  it('is too little for names that one chat does not prove: agents share the further calls', () => {
    for (const [source, demand, further] of [
      ['{ remoteRecords(first: 20) { nodes { agent { name } } } }', 66, 22],
      ['{ remoteRecord(csId: 1500) { csId agent { name } } }', 19, 6],
    ] as const) {
      expect(demandOf(supergraph, source)).toBe(demand)
      expect(planOf(source).atMost - further).toBeLessThanOrEqual(demand)
    }
  })

  it('is nothing for our objects, wherever they are', () => {
    expect(demandOf(supergraph, '{ companies { clients { uniqueNumber } } }')).toBe(10)
    const weights = ownTypes.map(({ name }) => stated('cost', supergraph.getType(name)?.astNode))
    expect(weights).toEqual(ownTypes.map(() => ({ weight: 0 })))
  })

  it('knows a weight of each field that makes calls', () => {
    const weightless = [schema.getQueryType(), ...ownTypes].flatMap(type => {
      const counterpart = supergraph.getType(type?.name ?? '')
      return Object.values(type?.getFields() ?? {})
        .filter(({ name, extensions }) => !name.startsWith('_') && makesCalls(extensions))
        .filter(({ name }) => {
          const field = isObjectType(counterpart) ? counterpart.getFields()[name] : undefined
          return !stated('cost', field?.astNode)?.weight
        })
    })
    expect(weightless).toEqual([])
  })
})
