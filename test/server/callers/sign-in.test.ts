import { describe, expect, it } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../../src/emulator/answers/accounts.ts'
import { AttemptLimit } from '../../../src/server/callers/attempt-limit.ts'
import { Waves } from '../../loaders/waves.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

const basic = (account: string, password: string) =>
  `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`
const ADMIN = basic(ADMINISTRATOR.account, ADMINISTRATOR.password)
const AGENT = basic(SUMMARY_AGENT.account, SUMMARY_AGENT.password)
const LATEST = '{ remoteRecords(first: 1) { nodes { csId } } }'
const SCHEMA = '{ __schema { queryType { name } } }'

const startStrict = (limit?: AttemptLimit, trustedProxies = 0) =>
  startTestedGateway({
    sharedAccount: null,
    passthrough: { isProduction: true, trustedProxies, ...(limit && { attempts: limit }) },
  })

async function askAs(gateway: TestedGateway, authorization: string, query = LATEST, from?: string) {
  gateway.emulator.clearCalls()
  const headers = { authorization, ...(from && { 'x-forwarded-for': from }) }
  const { status, headers: answered, body } = await gateway.ask(query, { headers })
  return {
    status,
    code: body.errors?.[0]?.extensions.code,
    data: body.data,
    retryAfter: answered.get('retry-after'),
    calls: gateway.emulator.callLines().length,
  }
}

describe('wrong passwords', () => {
  it('are passed on five times in 60 s; the sixth is refused without a call', async () => {
    await using gateway = await startStrict()
    for (const attempt of [1, 2, 3, 4, 5]) {
      const answer = await askAs(gateway, basic(ADMINISTRATOR.account, `wrong ${attempt}`))
      expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', calls: 1 })
    }
    const { status, code, calls, retryAfter } = await askAs(
      gateway,
      basic(ADMINISTRATOR.account, 'wrong 6'),
    )
    expect({ status, code, calls }).toEqual({ status: 429, code: 'TOO_MANY_ATTEMPTS', calls: 0 })
    expect(Number(retryAfter)).toBeGreaterThan(50)
    expect(Number(retryAfter)).toBeLessThanOrEqual(60)
  })

  it('are one attempt for all the calls of an operation, and of operations side by side', async () => {
    await using gateway = await startStrict()
    const query = `{ ${[1, 2, 3, 4].map(csId => `s${csId}: serviceSummary(csId: "${csId}") { state }`).join(' ')} }`
    const wrong = basic('nobody@example.com', 'wrong')
    const ask = () => gateway.ask(query, { headers: { authorization: wrong } })
    const answers = await Promise.all(Array.from({ length: 10 }, ask))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401))
    expect(gateway.emulator.callLines().length).toBeLessThanOrEqual(5)
  })

  it('that are tried side by side are counted before they are judged', async () => {
    await using gateway = await startStrict()
    const attempts = Array.from({ length: 20 }, (_, at) =>
      gateway.ask(LATEST, { headers: { authorization: basic('admin@example.com', `w${at}`) } }),
    )
    const statuses = (await Promise.all(attempts)).map(({ status }) => status)
    expect(statuses.filter(status => status === 401)).toHaveLength(5)
    expect(statuses.filter(status => status === 429)).toHaveLength(15)
    expect(gateway.emulator.callLines()).toHaveLength(5)
  })

  it('of many accounts, tried side by side from one address, are passed on five times too', async () => {
    await using gateway = await startTestedGateway({
      sharedAccount: null,
      emulator: { latencyMs: 50 },
    })
    const attempts = Array.from({ length: 30 }, (_, at) =>
      gateway.ask(LATEST, { headers: { authorization: basic(`${at}@example.com`, 'spring') } }),
    )
    const statuses = (await Promise.all(attempts)).map(({ status }) => status)
    expect(statuses.filter(status => status === 401)).toHaveLength(5)
    expect(statuses.filter(status => status === 429)).toHaveLength(25)
    expect(gateway.emulator.callLines()).toHaveLength(5)
  })

  it('count by account, however it is spelt and wherever from', async () => {
    await using gateway = await startStrict(undefined, 1)
    const spelt = [
      'a@example.com',
      ' A@EXAMPLE.com',
      'ａ@example.com',
      'ä@example.com',
      'a\u200b@example.com',
    ]
    for (const [at, account] of spelt.entries())
      expect((await askAs(gateway, basic(account, 'x'), LATEST, `192.0.2.${at}`)).status).toBe(401)
    const sixth = await askAs(gateway, basic('a@example.com', 'y'), LATEST, '192.0.2.99')
    expect(sixth).toMatchObject({ status: 429, calls: 0 })
    const other = await askAs(gateway, basic('b@example.com', 'y'), LATEST, '192.0.2.99')
    expect(other).toMatchObject({ status: 401, calls: 1 })
  })

  it('count by address, whatever the account', async () => {
    await using gateway = await startStrict(undefined, 1)
    for (const at of [1, 2, 3, 4, 5])
      await askAs(gateway, basic(`${at}@example.com`, 'x'), LATEST, '192.0.2.1')
    const sixth = await askAs(
      gateway,
      basic('6@example.com', 'x'),
      LATEST,
      '203.0.113.5, 192.0.2.1',
    )
    expect(sixth).toMatchObject({ status: 429, calls: 0 })
  })

  it('are none if many right accounts come from one address at once', async () => {
    const accounts = Array.from({ length: 40 }, (_, at) => `${at}@example.com`)
    const waves = new Waves()
    await using gateway = await startTestedGateway({
      sharedAccount: null,
      emulator: { administrators: accounts, beforeAnswer: waves.beforeAnswer },
    })
    const answers = await Promise.all(
      accounts.map(account => askAs(gateway, basic(account, ADMINISTRATOR.password))),
    )
    expect(answers.map(({ status }) => status)).toEqual(accounts.map(() => 200))
    // Not one after the other: five, and as many as an endpoint has places once they are accepted.
    expect(waves.seen.map(({ length }) => length)).toEqual([5, 10, 10, 10, 5])
  })

  it('do not shut out who was accepted before', async () => {
    await using gateway = await startStrict()
    expect(await askAs(gateway, ADMIN)).toMatchObject({ status: 200, calls: 1 })
    for (const at of [1, 2, 3, 4, 5, 6, 7])
      await askAs(gateway, basic(ADMINISTRATOR.account, `${at}`))
    expect(await askAs(gateway, ADMIN)).toMatchObject({ status: 200, calls: 1 })
    expect(await askAs(gateway, AGENT)).toMatchObject({ status: 429, calls: 0 })
  })

  it('are forgotten after a minute', async () => {
    const clock = { nowMs: 0 }
    await using gateway = await startStrict(new AttemptLimit({ nowMs: () => clock.nowMs }))
    for (const at of [1, 2, 3, 4, 5]) await askAs(gateway, basic('a@example.com', `${at}`))
    clock.nowMs = 59_999
    expect((await askAs(gateway, ADMIN)).retryAfter).toBe('1')
    clock.nowMs = 60_000
    expect((await askAs(gateway, ADMIN)).status).toBe(200)
  })

  it('are none if the password is right, though the account may read little', async () => {
    await using gateway = await startStrict()
    for (const _ of [1, 2, 3, 4, 5, 6, 7])
      expect(await askAs(gateway, AGENT)).toMatchObject({ code: 'FORBIDDEN', calls: 1 })
  })

  it('are none if the upstream fails', async () => {
    await using gateway = await startTestedGateway({
      sharedAccount: null,
      upstreamUrl: 'http://127.0.0.1:9',
    })
    for (const _ of [1, 2, 3, 4, 5, 6, 7])
      expect(await askAs(gateway, ADMIN)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
  })
})

describe('in production, an account that was not accepted yet', () => {
  const ways: [title: string, query: string][] = [
    ['introspection', SCHEMA],
    ['the SDL', '{ _service { sdl } }'],
    ['a type beside data', '{ __type(name: "Query") { name } remoteRecords { totalCount } }'],
    ['a name', '{ __typename }'],
  ]

  it.each(ways)('gets no answer if it is made up: %s', async (_, query) => {
    await using gateway = await startStrict()
    const answer = await askAs(gateway, basic('nobody@example.com', 'x'), query)
    expect(answer).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
      data: undefined,
      calls: 1,
    })
  })

  it.each(ways)('is asked about once if it is right: %s', async (_, query) => {
    await using gateway = await startStrict()
    expect(await askAs(gateway, ADMIN, query)).toMatchObject({ status: 200, calls: 1 })
    expect(await askAs(gateway, ADMIN, SCHEMA)).toMatchObject({ status: 200, calls: 0 })
  })

  it('gets the description of the graph if it may read little', async () => {
    await using gateway = await startStrict()
    const data = { __schema: { queryType: { name: 'Query' } } }
    expect(await askAs(gateway, AGENT, SCHEMA)).toMatchObject({ data, calls: 1 })
  })

  it('gets the error of an upstream that cannot be asked', async () => {
    await using gateway = await startTestedGateway({
      sharedAccount: null,
      passthrough: { isProduction: true },
      upstreamUrl: 'http://127.0.0.1:9',
    })
    const answer = await askAs(gateway, ADMIN, SCHEMA)
    expect(answer).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', data: undefined })
  })

  it('costs no call for a document that is refused, and one for a plan alone', async () => {
    await using gateway = await startStrict()
    expect(await askAs(gateway, ADMIN, '{ nonsense }')).toMatchObject({ status: 400, calls: 0 })
    const planned = await gateway.ask(LATEST, {
      headers: { authorization: ADMIN, 'x-explain': 'only' },
    })
    expect(planned.status).toBe(200)
    expect(gateway.emulator.callLines()).toEqual(['servicesummary/1 servicesummary_type=3'])
  })
})

it('outside of production, anyone may read the description of the graph', async () => {
  await using gateway = await startTestedGateway({ sharedAccount: null })
  const answer = await askAs(gateway, basic('nobody@example.com', 'x'), SCHEMA)
  expect(answer).toMatchObject({ status: 200, calls: 0 })
})
