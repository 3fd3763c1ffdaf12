import { expect, test } from 'vitest'
import { basicAuthorization, UpstreamClient } from '../../src/upstream/client.ts'
import {
  AUTHORIZATION,
  answering,
  LIMITS,
  rejection,
  startFakeUpstream,
  visit,
} from './fake-upstream.ts'

const OK = answering({ ok: true })

test('asks by GET for JSON, with the credentials in Authorization and nowhere else', async () => {
  await using upstream = await startFakeUpstream(OK)
  await using visitor = visit(upstream.url)
  const query = { page: 1, starttime: undefined, endtime: '2017-08-27' }
  await visitor.session.get('histories', '/list.json', query, () => null)
  const [{ method, target, headers } = expect.fail()] = upstream.requests
  expect([method, target]).toEqual(['GET', '/list.json?page=1&endtime=2017-08-27'])
  expect(headers).toEqual({
    host: new URL(upstream.url).host,
    connection: 'keep-alive',
    accept: 'application/json',
    'accept-encoding': 'gzip, deflate, br',
    authorization: AUTHORIZATION,
  })
})

test.each(['/prefix/api', '/prefix/api/'])(
  'keeps the path prefix of the origin: %s',
  async prefix => {
    await using upstream = await startFakeUpstream(OK)
    await using visitor = visit(upstream.url + prefix)
    await visitor.get('histories', '/list.json')
    expect(upstream.requests[0]?.target).toBe('/prefix/api/list.json')
  },
)

test.each([
  'nonsense',
  '',
  'ftp://secret-host',
  'https://secret:word@secret-host',
  'https://secret-host/?secret',
  'https://secret-host/#secret',
])('refuses the origin %j without repeating it', origin => {
  const attempt = () => new UpstreamClient({ origin, limits: LIMITS })
  expect(attempt).toThrow(TypeError)
  expect(attempt).toThrow(/^the upstream origin must be an http or https URL without credentials/)
})

test('keeps connections for later calls and shares them between sessions', async () => {
  await using upstream = await startFakeUpstream(OK)
  await using visitor = visit(upstream.url, { concurrency: 2 })
  const other = visitor.client.session({ authorization: 'Basic b3RoZXI6eA==' })
  const calls = () => [
    visitor.get(),
    visitor.get(),
    other.get('histories_v2', '/any.json', {}, body => body),
  ]
  await Promise.all(calls())
  await Promise.all(calls())
  expect(upstream.requests).toHaveLength(6)
  expect(upstream.connectionCount()).toBe(2)
})

test('tells of every call once, with what came of it', async () => {
  await using upstream = await startFakeUpstream((request, response) => {
    response.statusCode = request.url === '/gone.json' ? 404 : 200
    response.end('{}')
  })
  await using visitor = visit(upstream.url)
  await visitor.get('histories')
  await rejection(visitor.get('chatrecords', '/gone.json'))
  const failing = visitor.session.get('servicesummary', '/any.json', {}, () => {
    throw new RangeError('a fault of ours')
  })
  expect(await rejection(failing)).toEqual(new RangeError('a fault of ours'))
  expect(visitor.calls).toEqual([
    { endpoint: 'histories', durationMs: expect.any(Number), outcome: 'ok', attempts: 1 },
    {
      endpoint: 'chatrecords',
      durationMs: expect.any(Number),
      outcome: 'UPSTREAM_BAD_RESPONSE',
      attempts: 1,
    },
    {
      endpoint: 'servicesummary',
      durationMs: expect.any(Number),
      outcome: 'UNEXPECTED',
      attempts: 1,
    },
  ])
})

test('makes no call where beforeCall throws', async () => {
  await using upstream = await startFakeUpstream(OK)
  const spent = new Error('the budget is spent')
  const beforeCall = () => {
    throw spent
  }
  await using visitor = visit(upstream.url, {}, { beforeCall })
  expect(await rejection(visitor.get())).toBe(spent)
  expect(upstream.requests).toEqual([])
  expect(visitor.calls).toEqual([])
})

test('asks beforeCall with the endpoint, before each call', async () => {
  await using upstream = await startFakeUpstream(OK)
  const asked: string[] = []
  await using visitor = visit(upstream.url, {}, { beforeCall: name => asked.push(name) })
  await visitor.get('histories')
  await visitor.get('histories_v2')
  expect(asked).toEqual(['histories', 'histories_v2'])
})

test('spells credentials in UTF-8, as HTTP Basic', () => {
  const [scheme, token = ''] = basicAuthorization('张三', '密码:x').split(' ')
  expect(scheme).toBe('Basic')
  expect(Buffer.from(token, 'base64').toString()).toBe('张三:密码:x')
  expect(() => basicAuthorization('secret:name', 'x')).toThrow(
    new TypeError('account must not contain a colon'),
  )
})

test.each(['', 'Basic x\r\nhost: secret', 'Basic 密码', ' Basic x'])(
  'refuses the authorization %j without repeating it',
  async authorization => {
    await using visitor = visit('http://127.0.0.1:1')
    expect(() => visitor.client.session({ authorization })).toThrow(
      new TypeError('authorization must be visible ASCII characters in words'),
    )
  },
)

test('lets running calls end when it is closed, and refuses later ones', async () => {
  await using upstream = await startFakeUpstream((_request, response) => {
    setTimeout(() => response.end('{"late":true}'), 50)
  })
  const visitor = visit(upstream.url)
  const running = visitor.get()
  await new Promise(resolve => setTimeout(resolve, 20))
  await visitor.client.close()
  expect(await running).toEqual({ late: true })
  expect(await rejection(visitor.get())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
})
