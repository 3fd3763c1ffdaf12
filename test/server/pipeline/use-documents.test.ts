import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

const fields = (count: number) =>
  Array.from({ length: count }, (_, at) => `f${at}: __typename`).join(' ')

/** A query of more tokens than callers may send. */
const LONG = `query Long { ${fields(400)} }`

const { limits: LIMITS } = parseConfig({}).documents

let gateway: TestedGateway
beforeAll(async () => {
  const limits = { ...LIMITS, bytes: 1024 * 1024, rootFields: 1000, aliases: 1000 }
  const documents = { manifest: new Map([['long', LONG]]), limits }
  gateway = await startTestedGateway({ documents })
})
beforeEach(() => gateway.emulator.clearCalls())
afterAll(() => gateway[Symbol.asyncDispose]())

async function post(body: object | string) {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const { data, errors = [] } = await response.json()
  return { status: response.status, data, code: errors[0]?.extensions.code }
}

const NESTED = 50_000

describe('a document', () => {
  it.each([
    ['selections', '{a'.repeat(NESTED)],
    ['closed selections', '{a'.repeat(NESTED) + '}'.repeat(NESTED)],
    ['lists', `{a(b:${'['.repeat(NESTED)}`],
    ['objects', `{a(b:${'{x:'.repeat(NESTED)}`],
    ['list types', `query ($a: ${'['.repeat(NESTED)}`],
    ['inline fragments', '{...'.repeat(NESTED)],
  ])('of 50,000 nested %s is a 400, and nothing unexpected', async (_, query) => {
    expect(await post({ query })).toEqual({ status: 400, code: 'TOKEN_LIMIT' })
    expect(gateway.loggedText()).not.toContain('unexpected-error')
  })

  it('has at most 1,000 tokens', async () => {
    const most = `__typename __typename ${fields(332)}`
    expect(await post({ query: `{ ${most} }` })).toMatchObject({ status: 200 })
    expect(await post({ query: `{ ${most} __typename }` })).toMatchObject({
      status: 400,
      code: 'TOKEN_LIMIT',
    })
  })

  it('may have more if it is trusted', async () => {
    expect(await post({ documentId: 'long' })).toMatchObject({ status: 200 })
    expect(await post({ query: LONG })).toMatchObject({ status: 200 })
    expect(await post({ query: `${LONG} ` })).toMatchObject({ code: 'TOKEN_LIMIT' })
  })

  it.each([
    ['mutation', 'mutation { x }'],
    ['mutation', 'mutation { __typename }'],
    ['subscription', 'subscription { x }'],
  ])('with a %s is invalid: %s', async (_, query) => {
    const expected = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' }
    expect(await post({ query })).toEqual(expected)
    expect(await post({ query: `query Q { __typename } ${query}`, operationName: 'Q' })).toEqual(
      expected,
    )
  })
})

describe('variables of 50,000 nested levels', () => {
  it.each([
    ['lists', '['.repeat(NESTED), ']'.repeat(NESTED)],
    ['objects', '{"":'.repeat(NESTED), `1${'}'.repeat(NESTED)}`],
  ])('are a 400, and nothing unexpected: %s', async (_, start, end) => {
    const query =
      'query ($first: Int, $ids: [ID!]!) { nodes(ids: $ids) { id } remoteRecords(first: $first) { totalCount } }'
    const nested = (name: string) =>
      `{"query":${JSON.stringify(query)},"variables":{"${name}":${start}${end}}}`
    for (const name of ['first', 'ids'])
      expect(await post(nested(name))).toMatchObject({ status: 400, code: 'JSON_DEPTH_LIMIT' })
    expect((await post(nested('first').slice(0, -NESTED))).status).toBe(400)
    expect(gateway.loggedText()).not.toContain('unexpected-error')
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('are a 400 as the representations of a router too', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }'
    const nested = `${'['.repeat(NESTED)}${']'.repeat(NESTED)}`
    const body = `{"query":${JSON.stringify(query)},"variables":{"r":[${nested}]}}`
    expect(await post(body)).toMatchObject({ status: 400, code: 'JSON_DEPTH_LIMIT' })
  })
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** How much the heap has grown after many documents, in MiB. */
async function growthAfter(
  count: number,
  documentAt: (at: number) => string,
  status: number,
): Promise<number> {
  const heapMib = () => {
    collectGarbage()
    return process.memoryUsage().heapUsed / 1024 / 1024
  }
  await post({ query: documentAt(-1) })
  const before = heapMib()
  for (let at = 0; at < count; at += 1)
    expect((await post({ query: documentAt(at) })).status).toBe(status)
  return heapMib() - before
}

const KIB_200 = 200 * 1024

describe('the heap', () => {
  it.each([
    ['that cannot be parsed', (at: number) => `{ a${at}(b: "${'c'.repeat(KIB_200)}") `],
    ['with an unknown field', (at: number) => `{ a${at}(b: "${'c'.repeat(KIB_200)}") }`],
    ['of comments', (at: number) => `{ a${at} } ${'#\n'.repeat(KIB_200 / 4)}`],
    ['of too many tokens', (at: number) => `{ a${at} ${'a '.repeat(KIB_200 / 2)} }`],
  ])('stays flat, whatever invalid documents come: those %s', async (_, documentAt) => {
    expect(await growthAfter(100, documentAt, 400)).toBeLessThan(15)
  })

  it('is bounded, whatever valid documents come', async () => {
    const documentAt = (at: number) => `{ a${at}: __typename ${fields(330)} }`
    expect(await growthAfter(400, documentAt, 200)).toBeLessThan(60)
  })
})
