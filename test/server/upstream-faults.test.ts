import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, test } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { FAULTS, type FaultName, sometimes } from '../../src/emulator/odd/faults.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import { freePort } from '../free-port.ts'
import { startTestedGateway, type TestedGateway } from './gateway.ts'

/** Short, so that what stalls is over soon. */
const LIMITS = { attemptMs: 2000 }
const STALLS: readonly FaultName[] = ['stall', 'drip']

const SUMMARIES = '{ remoteRecords(first: 2) { nodes { csId serviceSummary { state } } } }'

interface Outcome {
  /** Undefined if it is answered all the same. */
  readonly code?: string
  readonly retryable?: boolean
  /** How often each call is made. */
  readonly attempts: number
  /** What the log says of it beside the code. */
  readonly cause?: string
}

const OUTCOMES: Readonly<Record<Exclude<FaultName, 'null-rows' | 'many-rows'>, Outcome>> = {
  stall: { code: 'UPSTREAM_TIMEOUT', retryable: true, attempts: 2 },
  slow: { attempts: 1 },
  drip: { code: 'UPSTREAM_TIMEOUT', retryable: true, attempts: 2 },
  closed: { code: 'UPSTREAM_UNAVAILABLE', retryable: true, attempts: 3, cause: 'UND_ERR_SOCKET' },
  reset: { code: 'UPSTREAM_UNAVAILABLE', retryable: true, attempts: 3, cause: 'ECONNRESET' },
  noise: { code: 'UPSTREAM_BAD_RESPONSE', retryable: true, attempts: 3, cause: 'not-http' },
  cut: { code: 'UPSTREAM_BAD_RESPONSE', retryable: true, attempts: 3, cause: 'cut-off' },
  'cut-in-chunks': {
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: true,
    attempts: 3,
    cause: 'cut-off',
  },
  'half-the-json': {
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: true,
    attempts: 3,
    cause: 'not-json',
  },
  'html-page': { code: 'UPSTREAM_BAD_RESPONSE', retryable: true, attempts: 2, cause: 'html-page' },
  'html-404': { code: 'UPSTREAM_BAD_RESPONSE', retryable: true, attempts: 2, cause: 'other-404' },
  'status-500': { code: 'UPSTREAM_UNAVAILABLE', retryable: true, attempts: 3, cause: 'status-500' },
  'status-502': { code: 'UPSTREAM_UNAVAILABLE', retryable: true, attempts: 3, cause: 'status-502' },
  'status-503': { code: 'UPSTREAM_UNAVAILABLE', retryable: true, attempts: 3, cause: 'status-503' },
  'status-504': { code: 'UPSTREAM_UNAVAILABLE', retryable: true, attempts: 3, cause: 'status-504' },
  'busy-second': {
    code: 'UPSTREAM_RATE_LIMITED',
    retryable: true,
    attempts: 3,
    cause: 'status-503',
  },
  'busy-day': { code: 'UPSTREAM_RATE_LIMITED', retryable: true, attempts: 1, cause: 'status-503' },
  'rate-limit': {
    code: 'UPSTREAM_RATE_LIMITED',
    retryable: true,
    attempts: 3,
    cause: 'status-429',
  },
  unauthenticated: { code: 'UNAUTHENTICATED', retryable: false, attempts: 1, cause: 'status-401' },
  forbidden: { code: 'FORBIDDEN', retryable: false, attempts: 1, cause: 'status-403' },
  'not-found': { attempts: 1 },
  redirect: { code: 'UPSTREAM_BAD_RESPONSE', retryable: false, attempts: 1, cause: 'status-302' },
  'status-in-body': {
    code: 'UPSTREAM_UNAVAILABLE',
    retryable: true,
    attempts: 3,
    cause: 'status-500',
  },
  'empty-object': {
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    attempts: 1,
    cause: 'other-shape',
  },
  'empty-list': {
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    attempts: 1,
    cause: 'other-shape',
  },
  'huge-text': { code: 'UPSTREAM_BAD_RESPONSE', retryable: false, attempts: 1, cause: 'too-large' },
  bomb: { code: 'UPSTREAM_BAD_RESPONSE', retryable: false, attempts: 1, cause: 'too-large' },
  comments: { attempts: 1 },
}

const rows = Object.entries(OUTCOMES).map(([name, outcome]) => ({
  name: name as keyof typeof OUTCOMES,
  ...outcome,
}))

describe.each(rows)('$name', ({ name, code, retryable, attempts, cause }) => {
  it('fails its own branch, is tried as often as it helps, and leaves nothing behind', async () => {
    const limits = STALLS.includes(name) ? LIMITS : {}
    await using gateway = await startTestedGateway({ limits })
    const { wire } = FAULTS[name]
    gateway.emulator.oddities = { servicesummary: { wire } }
    const failed = await gateway.ask(SUMMARIES, { headers: { 'x-explain': '1' } })
    expect(failed.status).toBe(200)
    expect(csIdsOf(failed.body.data)).toEqual(['2999', '2998'])
    const errors = (failed.body.errors ?? []).map(({ extensions }) => extensions)
    expect(errors).toMatchObject(code ? Array(2).fill({ code, retryable }) : [])
    expect(failed.body.extensions?.upstream).toMatchObject({ made: 1 + 2 * attempts })
    await expect.poll(() => causesIn(gateway.logged)).toEqual(cause && [cause])
    gateway.emulator.oddities = {}
    if (name !== 'busy-day') {
      const { body } = await gateway.ask(SUMMARIES)
      expect(body.errors).toBeUndefined()
    }
    expect(gateway.loggedText()).not.toContain('127.0.0.1')
  })
})

const causesIn = (logged: TestedGateway['logged']) =>
  logged.find(({ event }) => event === 'operation')?.causes

const csIdsOf = (data: unknown) =>
  (data as { remoteRecords: { nodes: { csId: string }[] } }).remoteRecords.nodes.map(
    ({ csId }) => csId,
  )

test.each([
  ['null-rows', 'other-shape'],
  ['many-rows', 'too-many-rows'],
] as const)('a list with %s is a bad response, and no list at all', async (name, cause) => {
  await using gateway = await startTestedGateway()
  gateway.emulator.oddities = { lists: { wire: FAULTS[name].wire } }
  const { body } = await gateway.ask(
    '{ remoteRecords(first: 2) { nodes { csId } } serviceSummary(csId: "2999") { state } }',
  )
  expect(body.data).toEqual({ remoteRecords: null, serviceSummary: expect.any(Object) })
  expect(body.errors).toMatchObject([
    {
      path: ['remoteRecords', 'nodes'],
      extensions: { code: 'UPSTREAM_BAD_RESPONSE', retryable: false },
    },
  ])
  expect(gateway.emulator.callLines()).toHaveLength(2)
  await expect.poll(() => causesIn(gateway.logged)).toEqual([cause])
})

test.each([
  ['nobody listens', async () => `http://127.0.0.1:${await freePort()}`],
  ['its name is unknown', async () => 'http://upstream.invalid'],
])('an upstream is unavailable if %s, and is not named', async (_, urlOf) => {
  await using gateway = await startTestedGateway({ upstreamUrl: await urlOf() })
  const { body } = await gateway.ask('{ __typename serviceSummary(csId: "1") { state } }')
  expect(body.data).toEqual({ __typename: 'Query', serviceSummary: null })
  expect(body.errors?.[0]?.extensions).toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    retryable: true,
  })
  expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|invalid/)
})

test('a tenth of all answers may fail, and nearly all operations are answered whole', async () => {
  await using gateway = await startTestedGateway({ limits: LIMITS })
  const shares = { 'status-500': 0.03, reset: 0.03, cut: 0.02, 'half-the-json': 0.01, stall: 0.01 }
  gateway.emulator.oddities = { everywhere: { wire: sometimes(7, shares) } }
  let whole = 0
  for (let i = 0; i < 100; i++) {
    const { body } = await gateway.ask('{ remoteRecords(first: 1) { nodes { csId } } }')
    if (!body.errors) {
      expect(csIdsOf(body.data)).toEqual(['2999'])
      whole += 1
    }
  }
  expect(whole).toBeGreaterThanOrEqual(97)
})

test('an outage gets few calls more than are needed, and its end is noticed within 6 s', async () => {
  await using gateway = await startTestedGateway({ limits: LIMITS })
  const ask = (csId: number) => gateway.ask(`{ serviceSummary(csId: "${csId}") { state } }`)
  gateway.emulator.oddities = { everywhere: { wire: FAULTS['status-503'].wire } }
  const asked: Promise<unknown>[] = []
  for (let i = 0; i < 100; i++) {
    asked.push(ask(1000 + i))
    await wait(20)
  }
  await Promise.all(asked)
  expect(gateway.emulator.calls.length / asked.length).toBeLessThanOrEqual(1.2)
  gateway.emulator.oddities = {}
  const backAtMs = performance.now()
  await expect.poll(async () => (await ask(2999)).body.errors, { interval: 100 }).toBeUndefined()
  expect(performance.now() - backAtMs).toBeLessThan(6000)
})

test('an upstream that becomes slow has callers wait by turns, and sheds those who wait in vain', async () => {
  const administrators = Array.from({ length: 40 }, (_, at) => `caller-${at}@example.com`)
  await using gateway = await startTestedGateway({
    sharedAccount: null,
    emulator: { administrators },
    // An answer takes three seconds: so the ten places of an endpoint are free again within the wait,
    // once.
    limits: {
      maxWaitMs: 4500,
      stallMs: 20_000,
      attemptMs: 20_000,
      callDeadlineMs: 60_000,
      operationDeadlineMs: 60_000,
    },
  })
  const askAs = async (account: string, csId: number) => {
    const headers = { authorization: basicAuthorization(account, ADMINISTRATOR.password) }
    const beganAtMs = performance.now()
    const answer = await gateway.ask(`{ serviceSummary(csId: "${csId}") { state } }`, { headers })
    const durationMs = performance.now() - beganAtMs
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), durationMs }
  }
  const { account } = ADMINISTRATOR
  // The first calls of new accounts go ahead, few at a time.
  await Promise.all([account, ...administrators].map((each, at) => askAs(each, 1000 + at)))
  gateway.emulator.clearCalls()
  gateway.emulator.beforeAnswer = () => wait(3000)
  const ofOne = Promise.all(Array.from({ length: 30 }, (_, at) => askAs(account, 1100 + at)))
  await expect.poll(() => gateway.emulator.calls.length, { interval: 5 }).toBe(10)
  const ofOthers = await Promise.all(administrators.map((each, at) => askAs(each, 1200 + at)))
  const answered = ofOthers.filter(({ status }) => status === 200)
  const shed = ofOthers.filter(({ status }) => status === 503)
  expect(answered.length).toBeGreaterThanOrEqual(9)
  expect(shed.length).toBeGreaterThan(0)
  expect(shed.length + answered.length).toBe(40)
  // Who had all places, and wants as many again, takes one turn beside all others.
  const callers = gateway.emulator.calls.slice(10).map(call => call.account)
  const untilLast = callers.slice(
    0,
    callers.findLastIndex(each => each !== account),
  )
  expect(untilLast.filter(each => each === account).length).toBeLessThanOrEqual(1)
  for (const { retryAfter, durationMs } of shed) {
    expect(Number(retryAfter)).toBeGreaterThan(0)
    expect(durationMs).toBeGreaterThan(4450)
    expect(durationMs).toBeLessThan(20_000)
  }
  // Whose calls are under way waits for its others.
  expect((await ofOne).filter(({ status }) => status !== 200)).toEqual([])
})
