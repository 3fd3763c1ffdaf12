import { describe, expect, it } from 'vitest'
import { startHoldingGateway } from './holding-gateway.ts'

describe('what is not there', () => {
  it('is found as soon as it is there, however often it was asked for before', async () => {
    await using gateway = await startHoldingGateway()
    const query = '{ remoteRecord(csId: "3000") { csId } }'
    await gateway.ask('{ remoteRecords(first: 20) { nodes { csId } } }')
    for (let turn = 0; turn < 4; turn++)
      expect((await gateway.ask(query)).body.data).toEqual({ remoteRecord: null })
    expect(gateway.emulator.insertRecord()).toBe(3000)
    expect((await gateway.ask(query)).body.data).toEqual({ remoteRecord: { csId: '3000' } })
  })

  it('is found by a router too, among others that are held', async () => {
    await using gateway = await startHoldingGateway()
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on RemoteRecord { csId companyName } } }`
    const of = [2998, 2999, 3000].map(csId => ({ __typename: 'RemoteRecord', csId: String(csId) }))
    for (let turn = 0; turn < 3; turn++) {
      const { body } = await gateway.ask(query, { variables: { of } })
      expect(body.data?._entities).toMatchObject([{ csId: '2998' }, { csId: '2999' }, null])
    }
    gateway.emulator.insertRecord()
    const { body } = await gateway.ask(query, { variables: { of } })
    expect(body.data?._entities).toMatchObject(of.map(({ csId }) => ({ csId })))
  })

  it('is looked for by its id beside a list of what is held', async () => {
    await using gateway = await startHoldingGateway()
    const query = `{
      remoteRecords(first: 3) { nodes { csId } }
      remoteRecord(csId: "3000") { csId }
    }`
    for (let turn = 0; turn < 3; turn++) await gateway.ask(query)
    gateway.emulator.insertRecord()
    const { body } = await gateway.ask(query)
    expect(body.data?.remoteRecord).toEqual({ csId: '3000' })
  })

  it.each([
    ['a chat', 'chatMessages(first: 1) { totalCount }', 'totalCount'],
    ['a summary', 'serviceSummary { state }', 'state'],
  ])('is asked for again: %s', async (_, field, name) => {
    await using gateway = await startHoldingGateway()
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on RemoteRecord { ${field} } } }`
    const of = [{ __typename: 'RemoteRecord', csId: '3000' }]
    for (let turn = 0; turn < 3; turn++)
      expect(JSON.stringify((await gateway.ask(query, { variables: { of } })).body.data)).toContain(
        'null',
      )
    gateway.emulator.insertRecord()
    const { body } = await gateway.ask(query, { variables: { of } })
    expect(JSON.stringify(body.data)).toContain(`"${name}"`)
  })

  it('is looked for again: the name of an agent', async () => {
    await using gateway = await startHoldingGateway()
    const query = '{ agent(servicerId: "999") { name } }'
    for (let turn = 0; turn < 3; turn++) {
      const { body, calls } = await gateway.askWithCalls(query)
      expect(body.data).toEqual({ agent: { name: null } })
      expect(calls).toEqual([expect.stringContaining('agent_histories/999 page=1')])
    }
  })
})
