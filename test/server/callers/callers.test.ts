import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../../src/emulator/answers/accounts.ts'
import { GRAPHQL_RESPONSE, startTestedGateway, type TestedGateway } from '../gateway.ts'

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
const ADMIN = basic(`${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`)
const AGENT = basic(`${SUMMARY_AGENT.account}:${SUMMARY_AGENT.password}`)
const LATEST = '{ remoteRecords(first: 1) { nodes { csId } } }'
const CHALLENGE = 'Basic realm="bangwo8", charset="UTF-8"'

describe('callers who bring an account', () => {
  let gateway: TestedGateway
  beforeAll(async () => {
    gateway = await startTestedGateway({ sharedAccount: null })
  })
  beforeEach(() => gateway.emulator.clearCalls())
  afterAll(() => gateway[Symbol.asyncDispose]())

  const askAs = (authorization: string, query = LATEST) =>
    gateway.ask(query, { headers: { authorization } })

  it('are asked for one, before anything of theirs is looked at', async () => {
    const { status, headers, body } = await gateway.ask('{ nonsense')
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe(CHALLENGE)
    expect(body).toEqual({
      errors: [
        {
          message: 'Expected an account of the upstream by HTTP Basic, got none.',
          extensions: { code: 'UNAUTHENTICATED', retryable: false },
        },
      ],
    })
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it.each([
    ['Bearer abc'],
    ['Basic !!!'],
    [basic('no colon')],
    [basic(':empty user')],
    [basic('line\nbreak:b')],
    [`${ADMIN}, Bearer abc`],
  ])('are refused with %j, and the upstream is not asked', async authorization => {
    const { status, headers, body } = await askAs(authorization)
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe(CHALLENGE)
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED'])
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('are refused where the header is repeated, though Node would take the first', async () => {
    const status = await new Promise(resolve => {
      const repeated = ['Authorization', ADMIN, 'Authorization', ADMIN]
      const headers = ['Host', 'gateway', 'X-Explain', '1', ...repeated]
      const path = `${gateway.url}?query={__typename}`
      request(path, { headers }, response => resolve(response.resume().statusCode)).end()
    })
    expect(status).toBe(401)
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('are served as whom they bring', async () => {
    expect((await askAs(ADMIN)).body.data).toEqual({
      remoteRecords: { nodes: [{ csId: '2999' }] },
    })
    const accounts = gateway.emulator.calls.map(({ account }) => account)
    expect(accounts).toEqual([ADMINISTRATOR.account])
  })

  it('have only the pair passed on, however it was written', async () => {
    const { status } = await askAs(ADMIN.replace('Basic ', 'bAsIc   '))
    expect(status).toBe(200)
  })

  it('are told 401 again where the upstream refuses all they asked', async () => {
    const { status, headers, body } = await askAs(basic('admin@example.com:wrong'))
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe(CHALLENGE)
    expect(body.data).toBeUndefined()
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED'])
  })

  it('get what their account may see, and FORBIDDEN for the rest', async () => {
    const query = '{ remoteRecords { totalCount } serviceSummary(csId: "1000") { state } }'
    const { status, body } = await askAs(AGENT, query)
    expect(status).toBe(200)
    expect(body.data).toMatchObject({ serviceSummary: { state: expect.any(String) } })
    expect(body.errors?.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([
      ['remoteRecords', 'FORBIDDEN'],
    ])
  })

  it('share nothing that was learnt', async () => {
    const query = '{ agent(servicerId: "203") { name } }'
    const first = await askAs(ADMIN, query)
    expect(first.body.data).toEqual({ agent: { name: '张伟' } })
    gateway.emulator.clearCalls()
    await askAs(ADMIN, query)
    expect(gateway.emulator.callLines()).toEqual([])
    const { body } = await askAs(AGENT, query)
    expect(body).toMatchObject({ data: { agent: { name: null } } })
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })

  it('are not needed for the page, health and unknown paths', async () => {
    const statusOf = async (path: string, accept: string) =>
      (await fetch(gateway.origin + path, { headers: { accept }, method: 'HEAD' })).status
    expect(await statusOf('/graphql', 'text/html')).toBe(200)
    expect(await statusOf('/health/live', '*/*')).toBe(200)
    expect(await statusOf('/', '*/*')).toBe(404)
  })

  it('cannot name another one to us or the upstream', async () => {
    const headers = { authorization: ADMIN, 'x-forwarded-user': 'root', 'x-role': 'admin' }
    expect((await gateway.ask(LATEST, { headers })).status).toBe(200)
    expect(gateway.emulator.calls.map(({ account }) => account)).toEqual([ADMINISTRATOR.account])
  })
})

describe('callers where everyone may ask', () => {
  it('are all served as one account, whatever they bring', async () => {
    await using gateway = await startTestedGateway()
    for (const authorization of [undefined, AGENT, 'Basic !!!']) {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { ...GRAPHQL_RESPONSE, ...(authorization && { authorization }) },
        body: JSON.stringify({ query: LATEST }),
      })
      expect(response.status).toBe(200)
    }
    const accounts = new Set(gateway.emulator.calls.map(({ account }) => account))
    expect([...accounts]).toEqual([ADMINISTRATOR.account])
  })

  it('see a fault of that account as an error of the upstream, without a challenge', async () => {
    const sharedAccount = { account: 'admin@example.com', password: 'wrong' }
    await using gateway = await startTestedGateway({ sharedAccount })
    const { status, headers, body } = await gateway.ask(LATEST)
    expect(status).toBe(200)
    expect(headers.get('www-authenticate')).toBeNull()
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED'])
  })
})
