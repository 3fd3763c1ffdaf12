import { describe, expect, it } from 'vitest'
import { startHoldingGateway } from './holding-gateway.ts'

const LIST = '{ remoteRecords(first: 5) { totalCount nodes { csId } } }'
const PAST_DAYS =
  '{ remoteRecords(first: 2, createdOn: { from: "2026-11-01", to: "2026-11-10" }) { nodes { csId } } }'

/** Waits until what is asked for behind its readers was answered. */
const refreshed = (gateway: { emulator: { calls: readonly { status: number }[] } }, calls = 1) =>
  expect.poll(() => gateway.emulator.calls.filter(({ status }) => status > 0).length).toBe(calls)

describe('an answer of the upstream', () => {
  it('is given again without a call as long as it is fresh', async () => {
    await using gateway = await startHoldingGateway()
    const first = await gateway.askWithCalls(LIST)
    expect(first.calls).toHaveLength(1)
    expect(first.upstream).toMatchObject({ made: 1, cached: 0, stale: 0 })
    gateway.pass(2000)
    const again = await gateway.askWithCalls(LIST)
    expect(again.calls).toEqual([])
    expect(again.upstream).toMatchObject({ made: 0, cached: 1, stale: 0 })
    expect(again.body.data).toEqual(first.body.data)
  })

  it('is given at once while it is stale, says so, and is asked for again behind its reader', async () => {
    await using gateway = await startHoldingGateway()
    const before = await gateway.askWithCalls(LIST)
    const csId = gateway.emulator.insertRecord()
    gateway.pass(10_000)
    const stale = await gateway.askWithCalls(LIST, { headers: { 'x-explain': '0' } })
    expect(stale.body.data).toEqual(before.body.data)
    expect(stale.upstream.stale).toMatchObject({ reason: 'REFRESHING', answers: 1 })
    expect(stale.upstream.stale).toHaveProperty('ageMs', expect.closeTo(10_000, -3))
    await refreshed(gateway)
    const after = await gateway.askWithCalls(LIST)
    expect(after.calls).toEqual([])
    expect(after.upstream).toMatchObject({ cached: 1, stale: 0 })
    expect(JSON.stringify(after.body.data)).toContain(`"${csId}"`)
  })

  it('is asked for anew once it is too old', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(LIST)
    gateway.pass(60_100)
    const anew = await gateway.askWithCalls(LIST)
    expect(anew.calls).toHaveLength(1)
    expect(anew.upstream).toMatchObject({ made: 1, cached: 0, stale: 0 })
  })

  it('is that of one call for all who ask at the same time', async () => {
    await using gateway = await startHoldingGateway({ emulator: { latencyMs: 100 } })
    gateway.emulator.clearCalls()
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.ask(LIST)))
    expect(gateway.emulator.callLines()).toHaveLength(1)
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body)
  })

  it('is not held if CACHE_MIB is 0', async () => {
    await using gateway = await startHoldingGateway({ variables: { CACHE_MIB: '0' } })
    await gateway.askWithCalls(LIST)
    expect((await gateway.askWithCalls(LIST)).calls).toHaveLength(1)
  })

  it('is forgotten if others need the memory', async () => {
    await using gateway = await startHoldingGateway({ variables: { CACHE_MIB: '1' } })
    const since = (day: number) =>
      `{ remoteRecords(first: 100, createdOn: { from: "2026-10-${day}" }) { nodes { csId } } }`
    for (let day = 10; day < 30; day++) await gateway.askWithCalls(since(day))
    expect((await gateway.askWithCalls(since(29))).calls).toEqual([])
    expect((await gateway.askWithCalls(since(10))).calls).not.toEqual([])
  })

  it('shows what of it could not be read to each who reads it', async () => {
    await using gateway = await startHoldingGateway()
    gateway.emulator.insertRecord({ fields: { csBTime: 'never' } })
    const query = '{ remoteRecords(first: 1) { nodes { startedAt } } }'
    const { body } = await gateway.ask(query)
    expect(body.extensions).toEqual({
      upstream: { unreadable: [{ field: 'csBTime', count: 1 }] },
    })
    expect((await gateway.ask(query)).body).toEqual(body)
  })

  it("is asked for again if what came was another agent's list", async () => {
    await using gateway = await startHoldingGateway()
    const query = '{ agent(servicerId: "207") { remoteRecords(first: 20) { nodes { csId } } } }'
    gateway.emulator.oddities = { agent_histories: { answersFor: 'everyone' } }
    expect((await gateway.ask(query)).body.errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
    })
    gateway.emulator.oddities = {}
    expect((await gateway.ask(query)).body.errors).toBeUndefined()
  })
})

describe('how long an answer is fresh', () => {
  const isHeldAfter = async (query: string, ms: number) => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(query)
    gateway.pass(ms)
    const { upstream } = await gateway.askWithCalls(query)
    return upstream.made === 0 && upstream.stale === 0
  }
  const MINUTE_MS = 60_000
  const HOUR_MS = 60 * MINUTE_MS

  it.each([
    ['a list that holds today', LIST, 3000],
    ['a list of past days', PAST_DAYS, 5 * MINUTE_MS],
    ['a filled summary', '{ serviceSummary(csId: "1000") { state } }', 10 * MINUTE_MS],
    ['an empty summary', '{ serviceSummary(csId: "2999") { state } }', 10_000],
  ])('is right for %s', async (_, query, freshMs) => {
    expect(await isHeldAfter(query, freshMs - 500)).toBe(true)
    expect(await isHeldAfter(query, freshMs + 500)).toBe(false)
  })

  it('is long for the chat of a session that is over', async () => {
    await using gateway = await startHoldingGateway()
    const query = '{ remoteRecord(csId: "1000") { status chatMessages(first: 5) { totalCount } } }'
    for (let turn = 0; turn < 3; turn++) {
      const { body } = await gateway.askWithCalls(query)
      expect(body.data).toMatchObject({ remoteRecord: { status: 'COMPLETED' } })
    }
    gateway.pass(HOUR_MS - 1000)
    const { calls } = await gateway.askWithCalls(query)
    expect(calls.filter(call => call.startsWith('chatrecords'))).toEqual([])
  })

  it('is short for the chat of another session', async () => {
    await using gateway = await startHoldingGateway()
    const csId = gateway.emulator.insertRecord({ fields: { csStat: 1, ChatRecord: 1 } })
    const query = `{ remoteRecord(csId: "${csId}") { status chatMessages(first: 5) { totalCount } } }`
    expect((await gateway.askWithCalls(query)).body.data).toMatchObject({
      remoteRecord: { status: 'IN_SERVICE' },
    })
    gateway.pass(31_000)
    const { calls } = await gateway.askWithCalls(query)
    expect(calls.filter(call => call.startsWith('chatrecords'))).toHaveLength(1)
  })
})

describe('Cache-Control of a request', () => {
  it.each([
    ['no-cache', 1],
    ['max-age=0', 1],
    ['max-age=1', 1],
    ['max-age=3600', 0],
    ['max-age=soon', 0],
    ['private', 0],
  ])('%s makes %i call', async (cacheControl, calls) => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(LIST)
    gateway.pass(2000)
    const headers = { 'cache-control': cacheControl }
    expect((await gateway.askWithCalls(LIST, { headers })).calls).toHaveLength(calls)
  })
})

describe('an operation', () => {
  it('makes no call if all that it reads is held', async () => {
    await using gateway = await startHoldingGateway()
    const query = `{
      remoteRecords(first: 20) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { csId agent { name } problemType { label } serviceSummary { state } }
      }
    }`
    const first = await gateway.askWithCalls(query)
    expect(first.body.errors).toBeUndefined()
    // What was learnt by the first one lets the second ask for other pages.
    await gateway.askWithCalls(query)
    const { calls, body } = await gateway.askWithCalls(query)
    expect(calls).toEqual([])
    expect(body.data).toEqual(first.body.data)
  })

  it('reads statistics again without a call, as of when they were read', async () => {
    await using gateway = await startHoldingGateway()
    const query = `{
      remoteRecordStatistics(createdOn: { from: "2026-11-20", to: "2026-11-23" }) { count asOf solvedShare }
    }`.replace('solvedShare', 'resolvedCount')
    const first = await gateway.askWithCalls(query)
    const again = await gateway.askWithCalls(query)
    expect(again.calls).toEqual([])
    expect(again.body.data).toEqual(first.body.data)
  })
})
