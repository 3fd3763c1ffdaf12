import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
beforeEach(() => gateway.emulator.clearCalls())
afterAll(() => gateway[Symbol.asyncDispose]())

/** Beside a field that is right: it must not run either. */
const WITH = 'fine: remoteRecords { totalCount }'

async function expectRefusal(query: string, variables: Record<string, unknown> = {}) {
  gateway.emulator.clearCalls()
  const { status, body } = await gateway.ask(query, { variables })
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT'])
  expect(body).not.toHaveProperty('data')
  expect(status).toBe(400)
  expect(gateway.emulator.callLines()).toEqual([])
}

describe('an operation with a bad value is refused as a whole', () => {
  it.each([
    ['first: -1'],
    ['first: -1'],
    ['first: 101'],
    ['first: 1, last: 1'],
    ['after: "?"'],
    ['after: "bm9uc2Vuc2U="'],
    ['createdOn: { from: "2026-02-01", to: "2026-01-31" }'],
  ])('remoteRecords(%s)', async args => {
    await expectRefusal(`{ ${WITH} remoteRecords(${args}) { totalCount } }`)
  })

  it.each([
    ['2017-13-45'],
    ['2017-02-30'],
    ['0000-00-00'],
    ['2017-01-01+08:00'],
    ['2017-1-1'],
    ['20170101'],
    ['２０１７-01-01'],
  ])('a day %j', async from => {
    const query = `query ($from: Date) { ${WITH} remoteRecords(createdOn: { from: $from }) { totalCount } }`
    await expectRefusal(query, { from })
  })

  it.each([
    ['-1'],
    ['0'],
    ['1.5'],
    ['1e3'],
    ['221.json?x'],
    ['../users'],
    ['%2e%2e'],
    ['221\r\nX: y'],
    ['２２１'],
    ['9'.repeat(4000)],
    [''],
  ])('a csId %j', async csId => {
    const query = `query ($csId: ID!) { ${WITH} remoteRecord(csId: $csId) { csId } }`
    await expectRefusal(query, { csId })
  })

  it('a variable that is missing, null or of another type', async () => {
    const query = `query ($csId: ID!) { ${WITH} remoteRecord(csId: $csId) { csId } }`
    await expectRefusal(query)
    await expectRefusal(query, { csId: null })
    await expectRefusal(query, { csId: { x: 1 } })
  })

  it('an id among others', async () => {
    const query = `query ($csIds: [ID!]!) { ${WITH} remoteRecordsByCsId(csIds: $csIds) { csId } }`
    await expectRefusal(query, { csIds: ['1500', '../users'] })
    await expectRefusal(query, { csIds: new Array(101).fill('1500') })
  })
})

describe('a bad value', () => {
  it('in one document does not spoil another run of it with good ones', async () => {
    const query = 'query ($first: Int) { remoteRecords(first: $first) { nodes { csId } } }'
    await expectRefusal(query, { first: 1000 })
    const { status } = await gateway.ask(query, { variables: { first: 1 } })
    expect(status).toBe(200)
    await expectRefusal(query, { first: 1000 })
  })

  it.each([
    [Buffer.from('Agent:203').toString('base64url')],
    [Buffer.from('NoSuchType:1').toString('base64url')],
    ['nonsense'],
  ])('of node is one that nothing has: %s', async id => {
    const { status, body } = await gateway.ask(
      'query ($id: ID!) { node(id: $id) { ... on RemoteRecord { csId } } }',
      { variables: { id } },
    )
    expect(status).toBe(200)
    expect(body.errors).toBeUndefined()
    expect(gateway.emulator.calls.length).toBeLessThanOrEqual(1)
  })
})
