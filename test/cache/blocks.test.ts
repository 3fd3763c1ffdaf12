import { describe, expect, it } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import { FAULTS } from '../../src/emulator/odd/faults.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import { type HoldingGateway, startHoldingGateway } from './holding-gateway.ts'

const MONTH = 'createdOn: { from: "2026-10-01", to: "2026-10-31" }'
const COUNTS = `count price asOf byDay { day count } byAgent { agent { servicerId } count }
  byStatus { status count } byProblemType { problemType { optionId } count }`
const statistics = (filter = '', selection = COUNTS) =>
  `{ remoteRecordStatistics(${MONTH}${filter && `, filter: ${filter}`}) { ${selection} } }`
const STATISTICS = statistics()
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

type Asked = Awaited<ReturnType<HoldingGateway['askWithCalls']>>

const figuresOf = ({ body }: Pick<Asked, 'body'>) =>
  body.data?.remoteRecordStatistics as { count: number; asOf: string }

describe('names and labels of groups', () => {
  const NAMED = statistics(
    '',
    `byAgent { agent { servicerId name } count }
     byProblemType(level: 2) { problemType { optionId label } count }`,
  )

  it('are found as without a block, by as many calls', async () => {
    await using gateway = await startHoldingGateway()
    await using other = await startHoldingGateway()
    const ofRecords = await other.askWithCalls(NAMED)
    await gateway.askWithCalls(STATISTICS)
    const ofBlock = await gateway.askWithCalls(NAMED)
    expect(ofBlock.body.errors).toBeUndefined()
    expect(ofBlock.body.data).toEqual(ofRecords.body.data)
    expect(ofBlock.calls.length).toBeLessThanOrEqual(ofRecords.calls.length - 7)
    expect((await gateway.askWithCalls(NAMED)).calls).toEqual([])
  })
})

it('accounts do not share what was counted', async () => {
  await using gateway = await startHoldingGateway({ sharedAccount: null })
  const as = ({ account, password }: typeof ADMINISTRATOR) => ({
    headers: { authorization: basicAuthorization(account, password) },
  })
  expect((await gateway.askWithCalls(STATISTICS, as(ADMINISTRATOR))).calls).toHaveLength(7)
  expect((await gateway.askWithCalls(STATISTICS, as(ADMINISTRATOR))).calls).toEqual([])
  const other = await gateway.askWithCalls(STATISTICS, as(SUMMARY_AGENT))
  expect(other.body.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  expect(other.body.data?.remoteRecordStatistics).toBeNull()
})

describe('a month that was counted once', () => {
  it('is counted again without a call, by other groups and filters too', async () => {
    await using gateway = await startHoldingGateway()
    const cold = await gateway.askWithCalls(STATISTICS)
    expect(cold.calls).toHaveLength(7)
    const warm = await gateway.askWithCalls(STATISTICS)
    expect(warm.calls).toEqual([])
    expect(warm.upstream).toMatchObject({ made: 0, cached: 1, stale: 0 })
    expect(warm.body.data).toEqual(cold.body.data)
    for (const filter of [
      '{ ratings: [BAD], hasChat: true }',
      '{ isResolved: false }',
      '{ hasRemoteControl: false, durationSeconds: { min: 600 } }',
      '{ price: { min: "0.01", max: "200.00" } }',
      '{ statuses: [COMPLETED], paymentStatuses: [PAID] }',
      '{ problemTypes: [{ level: 1, optionId: 13 }, { level: 2, optionId: 21 }] }',
    ]) {
      const ofBlock = await gateway.askWithCalls(statistics(filter))
      expect(ofBlock.calls).toEqual([])
      await using other = await startHoldingGateway({ variables: { CACHE_MIB: '0' } })
      const { asOf: _, ...ofRecords } = figuresOf(await other.ask(statistics(filter)))
      expect(figuresOf(ofBlock)).toMatchObject(ofRecords)
    }
  })

  it('gives its agents without a call', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(STATISTICS)
    const agents = await gateway.askWithCalls(`{ agents(${MONTH}) { servicerId } }`)
    expect(agents.calls).toEqual([])
    expect(agents.body.data).toHaveProperty('agents.0.servicerId')
  })

  it('is looked at again for what is not counted', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(STATISTICS)
    gateway.pass(3 * HOUR_MS)
    const found = `{ remoteRecords(first: 1, ${MONTH}) { nodes { client { uniqueNumber } } } }`
    const { body } = await gateway.ask(found)
    const [{ client }] = foundIn(body).nodes
    const ofClient = statistics(`{ clientNumbers: ["${client.uniqueNumber}"] }`)
    const asked = await gateway.askWithCalls(ofClient)
    expect(asked.calls).toHaveLength(7)
    await using other = await startHoldingGateway({ variables: { CACHE_MIB: '0' } })
    expect(figuresOf(asked).count).toBe(figuresOf(await other.ask(ofClient)).count)
    expect(figuresOf(asked).count).toBeGreaterThan(0)
  })

  it('takes one call once it is older, and none for as long again', async () => {
    await using gateway = await startHoldingGateway()
    const cold = await gateway.askWithCalls(STATISTICS)
    gateway.pass(6 * MINUTE_MS)
    const older = await gateway.askWithCalls(STATISTICS)
    expect(older.calls).toEqual([expect.stringContaining('per_page=1')])
    expect(older.body.data).toEqual(cold.body.data)
    expect(older.upstream.stale).toBe(0)
    gateway.pass(4 * MINUTE_MS)
    expect((await gateway.askWithCalls(statistics('{ isRated: true }'))).calls).toEqual([])
    gateway.pass(3 * MINUTE_MS)
    expect((await gateway.askWithCalls(STATISTICS)).calls).toHaveLength(1)
  })

  it.each(['comes', 'goes'])('is read anew if a record %s', async event => {
    await using gateway = await startHoldingGateway()
    // One amid the month and amid a page: it comes back on a day of it, and leaves no gap between pages.
    const csId = (await lastCsId(gateway)) - 250
    if (event === 'comes') gateway.emulator.deleteRecord(csId)
    const before = figuresOf(await gateway.askWithCalls(STATISTICS))
    if (event === 'comes') gateway.emulator.insertRecordAt(csId)
    else gateway.emulator.deleteRecord(csId)
    gateway.pass(6 * MINUTE_MS)
    const after = await gateway.askWithCalls(STATISTICS)
    expect(after.calls).toHaveLength(8)
    expect(figuresOf(after).count).toBe(before.count + (event === 'comes' ? 1 : -1))
    expect((await gateway.askWithCalls(STATISTICS)).calls).toEqual([])
  })

  it('shows an edit once it is too old, and says until then how old it is', async () => {
    await using gateway = await startHoldingGateway()
    const before = figuresOf(await gateway.askWithCalls(STATISTICS))
    gateway.emulator.oddities = { histories: { row: row => ({ ...row, csPrice: '1.00' }) } }
    gateway.pass(5 * HOUR_MS)
    const trusted = await gateway.askWithCalls(STATISTICS)
    expect(figuresOf(trusted)).toEqual(before)
    gateway.pass(HOUR_MS + MINUTE_MS)
    const anew = await gateway.askWithCalls(STATISTICS)
    expect(anew.calls).toHaveLength(7)
    expect(figuresOf(anew)).toMatchObject({ price: `${before.count}.00` })
    expect(Date.parse(figuresOf(anew).asOf) - Date.parse(before.asOf)).toBeGreaterThan(6 * HOUR_MS)
  })

  it('is read anew if the caller wants it new', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(STATISTICS)
    gateway.pass(2 * MINUTE_MS)
    const within = (value: string) =>
      gateway.askWithCalls(STATISTICS, { headers: { 'cache-control': value } })
    expect((await within('max-age=300')).calls).toEqual([])
    expect((await within('max-age=60')).calls).toHaveLength(7)
    expect((await within('no-cache')).calls).toHaveLength(7)
    expect((await gateway.askWithCalls(STATISTICS)).calls).toEqual([])
  })

  it('is expected to take no call, or one', async () => {
    await using gateway = await startHoldingGateway()
    const expected = async (query: string) => {
      const { upstream } = await gateway.askWithCalls(query, { headers: { 'x-explain': 'only' } })
      return upstream
    }
    // Nobody has asked the other ones before.
    const others = [
      statistics('{ hasChat: true }', 'byHour { count }'),
      statistics('{ price: { min: "1.00" } }'),
      `{ agents(${MONTH}) { servicerId } }`,
    ]
    const expectOfAll = async (calls: number) => {
      for (const query of [STATISTICS, ...others])
        expect(await expected(query)).toMatchObject({ expected: calls })
    }
    await gateway.askWithCalls(STATISTICS)
    await expectOfAll(0)
    gateway.pass(6 * MINUTE_MS)
    await expectOfAll(1)
    expect(await expected(statistics('{ textContains: "x" }'))).toMatchObject({ expected: 7 })
  })

  it('is counted while the upstream fails, and says so', async () => {
    await using gateway = await startHoldingGateway()
    const before = await gateway.askWithCalls(STATISTICS)
    gateway.pass(10 * MINUTE_MS)
    gateway.emulator.oddities = { everywhere: { wire: FAULTS['status-503'].wire } }
    const failing = await gateway.askWithCalls(STATISTICS)
    expect(failing.body.data).toEqual(before.body.data)
    expect(failing.upstream.stale).toMatchObject({ answers: 1 })
  })

  it.each(['unauthenticated', 'forbidden'] as const)(
    'is dropped if the account is %s',
    async fault => {
      await using gateway = await startHoldingGateway()
      await gateway.askWithCalls(STATISTICS)
      gateway.emulator.oddities = { everywhere: { wire: FAULTS[fault].wire } }
      await gateway.ask('{ serviceSummary(csId: "1000") { state } }')
      gateway.emulator.oddities = {}
      expect((await gateway.askWithCalls(STATISTICS)).calls).toHaveLength(7)
    },
  )
})

interface Found {
  readonly nodes: readonly [{ readonly csId: string; readonly client: { uniqueNumber: string } }]
}

const foundIn = ({ data }: Asked['body']) => data?.remoteRecords as Found

async function lastCsId(gateway: HoldingGateway) {
  const { body } = await gateway.ask(`{ remoteRecords(first: 1, ${MONTH}) { nodes { csId } } }`)
  return Number(foundIn(body).nodes[0].csId)
}

it('days that include today are read as before', async () => {
  await using gateway = await startHoldingGateway()
  const today = STATISTICS.replaceAll('2026-10-31', '2026-11-26').replace(
    '2026-10-01',
    '2026-11-20',
  )
  const cold = await gateway.askWithCalls(today)
  expect(cold.calls.length).toBeGreaterThan(0)
  gateway.pass(2 * MINUTE_MS)
  expect((await gateway.askWithCalls(today)).calls).toHaveLength(cold.calls.length)
})
