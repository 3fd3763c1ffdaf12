import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts'
import { FAULTS } from '../../src/emulator/odd/faults.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import { NOW } from '../server/gateway.ts'
import { isRedisInstalled, type RedisServer, startRedis } from './redis-server.ts'
import { startSharingProcess } from './sharing-process.ts'

const LIST = '{ remoteRecords(first: 5) { nodes { csId companyName } } }'
const isInstalled = isRedisInstalled()

let redis: RedisServer
let emulator: Emulator
beforeAll(async () => {
  if (!isInstalled) return
  redis = await startRedis()
  emulator = await startEmulator({ now: NOW })
})
afterAll(async () => {
  await redis?.[Symbol.asyncDispose]()
  await emulator?.close()
})
beforeEach(async ctx => {
  if (!isInstalled) ctx.skip('redis-server is not installed')
  await redis.client.flushall()
  emulator.clearCalls()
  emulator.oddities = {}
})

/** Which asks for the list unless it is to ask for something else. */
async function startProcess(environment: Record<string, string> = {}) {
  const process = await startSharingProcess(emulator.url, redis.url, environment)
  const ask = (query = LIST, headers: Record<string, string> = {}) => process.ask(query, headers)
  return { ...process, ask }
}

/** Until what a process holds is in Redis: nobody waits for that. */
const isShared = (answers = 1) =>
  expect
    .poll(async () => (await redis.client.keys('b8:2:e:*')).length)
    .toBeGreaterThanOrEqual(answers)

const DAYS = 'createdOn: { from: "2026-10-01", to: "2026-10-31" }'
const STATISTICS = `{ remoteRecordStatistics(${DAYS}) {
  count price asOf byDay { day count } byAgent { agent { servicerId name } count duration { mean } }
  byProblemType { problemType { label } count }
} }`
const FILTERED = `{ remoteRecordStatistics(${DAYS}, filter: { ratings: [BAD] }) { count asOf } }`

describe('two processes with one Redis', () => {
  // What Redis does not say within milliseconds, on a busy machine, is asked of the upstream.
  it('make the calls of one', { retry: 10 }, async () => {
    await using one = await startProcess()
    await using other = await startProcess()
    const query = `{
      remoteRecords(first: 20, createdOn: { to: "2026-11-20" }) {
        totalCount
        nodes { csId serviceSummary { state } chatMessages(first: 3) { totalCount } }
      }
    }`
    const first = await one.ask(query)
    const calls = emulator.calls.length
    expect(calls).toBeGreaterThan(10)
    await isShared(calls)
    emulator.clearCalls()
    const second = await other.ask(query)
    expect(second.body.data).toEqual(first.body.data)
    expect(emulator.callLines().length).toBeLessThan(calls / 10)
  })

  it('count what one of them has counted without a call, names and labels too', {
    retry: 10,
  }, async () => {
    await using one = await startProcess()
    const cold = await one.ask(STATISTICS)
    const calls = emulator.calls.length
    await isShared(calls + 1)
    await using other = await startProcess()
    emulator.clearCalls()
    const warm = await other.ask(STATISTICS)
    expect(emulator.callLines()).toEqual([])
    expect(warm.body.data).toEqual(cold.body.data)
    expect((await other.ask(FILTERED)).body.data).toEqual((await one.ask(FILTERED)).body.data)
    expect(emulator.callLines()).toEqual([])
  })

  it('find what came a moment ago, whatever the other one has', async () => {
    await using one = await startProcess()
    await using other = await startProcess()
    const query = '{ remoteRecord(csId: "3000") { csId } }'
    for (const process of [one, other, one, other])
      expect((await process.ask(query)).body.data).toEqual({ remoteRecord: null })
    const csId = emulator.insertRecord()
    expect(csId).toBe(3000)
    for (const process of [one, other])
      expect((await process.ask(query)).body.data).toEqual({ remoteRecord: { csId: '3000' } })
    emulator.deleteRecord(csId)
  })

  it('give nothing any more that one of them was refused', async () => {
    await using one = await startProcess()
    await using other = await startProcess()
    await one.ask()
    await isShared()
    // It has in memory what the first one was given.
    await other.ask()
    emulator.oddities = { everywhere: { wire: FAULTS.forbidden.wire } }
    await one.ask('{ serviceSummary(csId: "1000") { state } }')
    await expect
      .poll(async () => {
        await other.ask('{ serviceSummary(csId: "1000") { state } }')
        return (await other.ask()).body.errors?.[0]?.extensions
      })
      .toMatchObject({ code: 'FORBIDDEN' })
  })

  it('share nothing between accounts, nor before the upstream has accepted one', async () => {
    const own = { CALLERS: 'passthrough', BANGWO8_ACCOUNT: '', BANGWO8_PASSWORD: '' }
    await using one = await startProcess(own)
    await using other = await startProcess(own)
    const as = (account: string, password: string) => ({
      authorization: basicAuthorization(account, password),
    })
    const { account, password } = ADMINISTRATOR
    for (let turn = 0; turn < 2; turn++) await one.ask(LIST, as(account, password))
    emulator.clearCalls()
    await other.ask(LIST, as(account, password))
    expect(emulator.callLines()).toHaveLength(1)
    const agent = await other.ask(LIST, as(SUMMARY_AGENT.account, SUMMARY_AGENT.password))
    expect(agent.body.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('do not need each other', async () => {
    await using one = await startProcess()
    await using other = await startProcess()
    await one.ask()
    const asking = Array.from({ length: 20 }, () => other.ask())
    one.signal('SIGKILL')
    for (const { body } of await Promise.all(asking)) expect(body.errors).toBeUndefined()
  })
})

describe('what is in Redis', () => {
  it('says nothing to who reads it, and expires', async () => {
    await using one = await startProcess()
    const { body } = await one.ask()
    await isShared()
    const keys = await redis.client.keys('*')
    const values = await Promise.all(keys.map(key => redis.client.get(key)))
    const text = [...keys, ...values].join('\n')
    for (const known of [
      ADMINISTRATOR.account,
      '"csId"',
      'remoterecord',
      'histories',
      'companyName',
    ])
      expect(text).not.toContain(known)
    expect(JSON.stringify(body)).toContain('companyName')
    for (const key of keys) expect(await redis.client.pttl(key)).toBeGreaterThan(0)
  })

  it('is of no use with another secret', async () => {
    await using one = await startProcess()
    await one.ask()
    await isShared()
    emulator.clearCalls()
    await using other = await startProcess({
      CACHE_KEY_SECRET: 'another secret of 32 characters or more',
    })
    await other.ask()
    expect(emulator.callLines()).toHaveLength(1)
  })
})

describe('Redis', () => {
  /** Many times what it takes on a busy machine: nobody waits for what does not come. */
  const MOST_MS = 10_000

  const misfortunes: readonly [string, () => unknown, () => unknown][] = [
    ['answers nothing', () => redis.pause(), () => redis.resume()],
    ['is gone', () => redis.kill(), () => redis.restart()],
    [
      'is full',
      () => redis.client.config('SET', 'maxmemory', '1'),
      () => redis.client.config('SET', 'maxmemory', '0'),
    ],
    [
      'was poisoned',
      async () => {
        for (const key of await redis.client.keys('b8:2:e:*'))
          await redis.client.set(key, randomBytes(500), 'KEEPTTL')
      },
      () => undefined,
    ],
    ['was emptied', () => redis.client.flushall(), () => undefined],
  ]

  let one: Awaited<ReturnType<typeof startProcess>>
  let other: typeof one
  beforeAll(async () => {
    if (!isInstalled) return
    one = await startProcess()
    other = await startProcess()
  })
  afterAll(async () => {
    await one?.[Symbol.asyncDispose]()
    await other?.[Symbol.asyncDispose]()
  })

  it.each(misfortunes)('costs a moment and no answer if it %s', async (name, befall, mend) => {
    const csId = 1000 + misfortunes.findIndex(([each]) => each === name) * 10
    const summaryOf = (more: number) => `{ serviceSummary(csId: "${csId + more}") { state } }`
    await one.ask(summaryOf(0))
    await befall()
    try {
      for (const more of [0, 1, 2]) {
        const { body, ms } = await other.ask(summaryOf(more))
        expect(body.errors).toBeUndefined()
        expect(ms).toBeLessThan(MOST_MS)
      }
    } finally {
      await mend()
    }
    expect((await other.ask(summaryOf(3))).body.errors).toBeUndefined()
  })

  it('is used again once it is back', async () => {
    await redis.kill()
    await one.ask()
    await redis.restart()
    await expect
      .poll(
        async () => {
          await one.ask('{ remoteRecords(first: 3) { totalCount } }', {
            'cache-control': 'no-cache',
          })
          return (await redis.client.keys('b8:2:e:*')).length
        },
        { interval: 200 },
      )
      .toBeGreaterThan(0)
  })
})
