import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts'
import { NOW } from '../server/gateway.ts'
import { isRedisInstalled, type RedisServer, startRedis } from './redis-server.ts'
import { startSharingProcess } from './sharing-process.ts'

const isInstalled = isRedisInstalled()
const DAYS = 'createdOn: { from: "2026-10-01", to: "2026-10-31" }'
const STATISTICS = `{ remoteRecordStatistics(${DAYS}) {
  count price asOf byDay { day count } byAgent { agent { servicerId name } count duration { mean } }
  byProblemType { problemType { label } count }
} }`
const FILTERED = `{ remoteRecordStatistics(${DAYS}, filter: { ratings: [BAD] }) { count asOf } }`

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
})

const entries = () => redis.client.keys('b8:2:e:*')

// What Redis does not say within milliseconds, on a busy machine, is asked of the upstream.
describe('what one process has counted', { retry: 10 }, () => {
  it('another one counts without a call, names and labels too', async () => {
    await using one = await startSharingProcess(emulator.url, redis.url)
    const cold = await one.ask(STATISTICS)
    const calls = emulator.calls.length
    await expect.poll(async () => (await entries()).length).toBeGreaterThan(calls)
    await using other = await startSharingProcess(emulator.url, redis.url)
    emulator.clearCalls()
    const warm = await other.ask(STATISTICS)
    expect(emulator.callLines()).toEqual([])
    expect(warm.body.data).toEqual(cold.body.data)
    expect((await other.ask(FILTERED)).body.data).toEqual((await one.ask(FILTERED)).body.data)
    expect(emulator.callLines()).toEqual([])
  })
})
