import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts'
import { NOW } from '../server/gateway.ts'
import { startBalancer } from './balancer.ts'
import { isRedisInstalled, type RedisServer, startRedis } from './redis-server.ts'
import { type Answer, askAt, startSharingProcess } from './sharing-process.ts'

const isInstalled = isRedisInstalled()

/** What is asked of a window of days again and again, each time a bit else. */
const HOT = [
  'nodes { csId agent { name } }',
  'totalCount nodes { csId problemType { label } }',
  'nodes { csId serviceSummary { state } }',
  'nodes { csId chatMessages(first: 3) { totalCount } }',
  'nodes { csId problemType { label } agent { name } }',
].map(
  fields => `{ remoteRecords(first: 20, createdOn: { from: "2026-11-01", to: "2026-11-20" }) {
    ${fields}
  } }`,
)

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

type Ask = (query: string, headers: Readonly<Record<string, string>>) => Promise<Answer>

const startProcess = () => startSharingProcess(emulator.url, redis.url)

/** Asks for all of it several times, one after the other. */
async function askForHot(origin: string): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (let turn = 0; turn < 6; turn++) {
    answers.push(await askAt(origin, HOT[turn % HOT.length] ?? ''))
    // Until what was learnt is in Redis, for which nobody waits.
    await wait(150)
  }
  return answers
}

/** What Redis does not say within milliseconds, on a busy machine, is asked of the upstream. */
const BUSY = { retry: 10 }

describe('two processes behind a balancer', BUSY, () => {
  it('make the calls of one', async () => {
    let callsOfOne: readonly string[]
    let answersOfOne: readonly Answer[]
    {
      await using one = await startProcess()
      answersOfOne = await askForHot(one.url)
      callsOfOne = emulator.callLines().toSorted()
    }
    await redis.client.flushall()
    emulator.clearCalls()
    await using one = await startProcess()
    await using other = await startProcess()
    await using balancer = await startBalancer([one.url, other.url])
    const answers = await askForHot(balancer.origin)
    expect(answers.map(({ body }) => body.data)).toEqual(answersOfOne.map(({ body }) => body.data))
    expect(emulator.callLines().toSorted()).toEqual(callsOfOne)
  })

  it('fail no request if one of them is killed', async () => {
    await using one = await startProcess()
    await using other = await startProcess()
    await using balancer = await startBalancer([one.url, other.url])
    const asking = Array.from({ length: 60 }, async (_, turn) => {
      await wait(turn * 5)
      if (turn === 20) one.signal('SIGKILL')
      return askAt(balancer.origin, HOT[turn % HOT.length] ?? '')
    })
    for (const { body } of await Promise.all(asking)) expect(body.errors).toBeUndefined()
    expect(balancer.askedAgain).toBeGreaterThan(0)
  })
})

describe('what one process has learnt', BUSY, () => {
  const ANEW = { 'cache-control': 'no-cache' }
  /** The calls that it makes for something of which nothing may be held. */
  const callsFor = async (process: { readonly ask: Ask }, query: string) => {
    emulator.clearCalls()
    const { body } = await process.ask(query, ANEW)
    expect(body.errors).toBeUndefined()
    await wait(300)
    return emulator.callLines()
  }
  it.each([
    ['labels', '{ remoteRecords(first: 20) { nodes { problemType { label } } } }'],
    ["agents' names", '{ remoteRecords(first: 20) { nodes { agent { name } } } }'],
  ])('is known to the other: %s', async (_, query) => {
    await using one = await startProcess()
    await using other = await startProcess()
    expect((await callsFor(one, query)).length).toBeGreaterThan(1)
    expect(await callsFor(other, query)).toHaveLength(1)
  })

  it('is known to the other: where records are', async () => {
    await using one = await startProcess()
    await using other = await startProcess()
    const recordOf = (csId: number) => `{ remoteRecord(csId: "${csId}") { companyName } }`
    expect((await callsFor(one, recordOf(1500))).length).toBeGreaterThan(1)
    expect(await callsFor(other, recordOf(1510))).toHaveLength(1)
  })
})
