import { defaultFieldResolver } from 'graphql'
import { describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { FAULTS } from '../../src/emulator/odd/faults.ts'
import { guardFields } from '../../src/schema/access/guarded-fields.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import { startIssuer } from '../server/callers/issuer.ts'
import { GRAPHQL_RESPONSE } from '../server/gateway.ts'
import { startHoldingGateway } from './holding-gateway.ts'

const LIST = '{ remoteRecords(first: 5) { nodes { csId } } }'

/** The graph, with a count of how often a record's csId was resolved. */
function countingSchema(isGuarded = false) {
  const schema = isGuarded ? guardFields(createSchema()) : createSchema()
  const type = schema.getType('RemoteRecord')
  const field = type && 'getFields' in type ? type.getFields().csId : undefined
  if (!field || !('resolve' in field)) throw new Error('expected a field with a resolver')
  const { resolve = defaultFieldResolver } = field
  let resolved = 0
  field.resolve = (...parameters: Parameters<typeof resolve>) => {
    resolved += 1
    return resolve(...parameters)
  }
  return {
    schema,
    /** How often it was resolved since the last look. */
    takeResolved() {
      const taken = resolved
      resolved = 0
      return taken
    },
  }
}

async function startCounting(choices: Parameters<typeof startHoldingGateway>[0] = {}) {
  const { schema, takeResolved } = countingSchema(choices.jwt !== undefined)
  const gateway = await startHoldingGateway({ schema, ...choices })
  /** Asks, and says whether anything was resolved for the answer. */
  const ask = async (query = LIST, headers: Readonly<Record<string, string>> = {}) => {
    takeResolved()
    const { status, body } = await gateway.ask(query, { headers })
    return { status, body, isRepeated: takeResolved() === 0 }
  }
  return Object.assign(gateway, {
    repeat: ask,
    /** Asks twice: what is asked once only is not kept. */
    async keep(query = LIST, headers: Readonly<Record<string, string>> = {}) {
      await ask(query, headers)
      return ask(query, headers)
    },
  })
}

describe('a whole answer', () => {
  it('is given again, to the letter, if all that it was made of is held and fresh', async () => {
    await using gateway = await startCounting()
    const first = await gateway.keep()
    expect(first.isRepeated).toBe(false)
    expect(await gateway.repeat()).toEqual({ ...first, isRepeated: true })
  })

  it('is made anew once a part is stale, and again once it was replaced', async () => {
    await using gateway = await startCounting()
    await gateway.keep()
    const csId = gateway.emulator.insertRecord()
    gateway.pass(3500)
    const stale = await gateway.repeat()
    expect(stale.isRepeated).toBe(false)
    expect(stale.body.extensions).toHaveProperty('upstream.stale.reason', 'REFRESHING')
    await expect
      .poll(async () => JSON.stringify((await gateway.repeat()).body))
      .toContain(`"${csId}"`)
  })

  it('is made anew if another request has read something newer', async () => {
    await using gateway = await startCounting()
    await gateway.keep()
    const csId = gateway.emulator.insertRecord()
    const other = '{ remoteRecords(first: 5) { nodes { csId status } } }'
    await gateway.repeat(other, { 'cache-control': 'no-cache' })
    const { body, isRepeated } = await gateway.repeat()
    expect(isRepeated).toBe(false)
    expect(JSON.stringify(body)).toContain(`"${csId}"`)
  })

  it('is made anew for a caller who wants it newer', async () => {
    await using gateway = await startCounting()
    await gateway.keep()
    gateway.pass(2000)
    const isRepeatedFor = async (control: string) =>
      (await gateway.repeat(LIST, { 'cache-control': control })).isRepeated
    expect(await isRepeatedFor('max-age=10')).toBe(true)
    expect(await isRepeatedFor('max-age=1')).toBe(false)
  })

  it('is made anew for one who asks what it costs', async () => {
    await using gateway = await startCounting()
    await gateway.keep()
    expect((await gateway.repeat(LIST, { 'x-explain': '1' })).isRepeated).toBe(false)
  })

  it('is none if something is absent', async () => {
    await using gateway = await startCounting()
    const query =
      '{ remoteRecords(first: 1) { nodes { csId } } remoteRecord(csId: "3000") { csId } }'
    for (let turn = 0; turn < 3; turn++) {
      const { body, isRepeated } = await gateway.repeat(query)
      expect(body.data?.remoteRecord).toBe(null)
      expect(isRepeated).toBe(false)
    }
  })

  it('is none if something has failed', async () => {
    await using gateway = await startCounting()
    const query = '{ remoteRecords(first: 1) { nodes { csId serviceSummary { state } } } }'
    gateway.emulator.oddities = { servicesummary: { wire: FAULTS.forbidden.wire } }
    for (let turn = 0; turn < 3; turn++) {
      const { body, isRepeated } = await gateway.repeat(query)
      expect(body.errors).toHaveLength(1)
      expect(isRepeated).toBe(false)
    }
  })

  it('is not given any more after a refusal', async () => {
    await using gateway = await startCounting()
    await gateway.keep()
    gateway.emulator.oddities = { everywhere: { wire: FAULTS.forbidden.wire } }
    await gateway.repeat('{ serviceSummary(csId: "1000") { state } }')
    expect((await gateway.repeat()).body.errors).toHaveLength(1)
  })

  it('is told apart by the variables and the name of the operation', async () => {
    await using gateway = await startCounting()
    const query =
      'query A($n: Int) { a: remoteRecords(first: $n) { nodes { csId } } } query B { b: remoteRecords(first: 1) { nodes { csId } } }'
    const post = async (body: object) => {
      const sent = { method: 'POST', headers: GRAPHQL_RESPONSE, body: JSON.stringify(body) }
      return (await fetch(gateway.url, sent)).text()
    }
    const bodies = [
      { query, operationName: 'A', variables: { n: 1 } },
      { query, operationName: 'A', variables: { n: 2 } },
      { query, operationName: 'B' },
    ]
    await Promise.all(bodies.map(post))
    const first = await Promise.all(bodies.map(post))
    expect(new Set(first).size).toBe(3)
    expect(await Promise.all(bodies.map(post))).toEqual(first)
  })

  it('is written as each caller accepts it', async () => {
    await using gateway = await startCounting()
    const query = '{ remoteRecords(first: 50) { nodes { csId startedAt status description } } }'
    const answerFor = async (headers: Record<string, string>) => {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      })
      const { headers: received, status } = response
      const names = ['content-type', 'content-encoding', 'vary', 'cache-control']
      return { status, headers: names.map(name => received.get(name)), text: await response.text() }
    }
    const callers = [
      { 'accept-encoding': 'br' },
      { 'accept-encoding': 'gzip' },
      { 'accept-encoding': 'identity' },
      { accept: 'application/graphql-response+json', 'accept-encoding': 'br' },
    ]
    const first = []
    for (const caller of [...callers, ...callers]) await answerFor(caller)
    for (const caller of callers) first.push(await answerFor(caller))
    expect(new Set(first.map(({ text }) => text)).size).toBe(1)
    expect(new Set(first.map(({ headers }) => String(headers))).size).toBe(4)
    for (const [at, caller] of callers.entries()) expect(await answerFor(caller)).toEqual(first[at])
  })
})

describe('a whole answer is not given', () => {
  it('to another account', async () => {
    await using gateway = await startCounting({
      sharedAccount: null,
      emulator: { administrators: ['other@example.com'] },
    })
    const as = (account: string, password = ADMINISTRATOR.password) => ({
      authorization: basicAuthorization(account, password),
    })
    for (const account of [ADMINISTRATOR.account, 'other@example.com']) {
      // An account's first answer is what its answers are kept under from then on.
      await gateway.repeat(LIST, as(account))
      expect((await gateway.keep(LIST, as(account))).isRepeated).toBe(false)
      expect((await gateway.repeat(LIST, as(account))).isRepeated).toBe(true)
    }
    expect((await gateway.repeat(LIST, as(ADMINISTRATOR.account, 'guessed'))).status).toBe(401)
    expect((await gateway.repeat(LIST)).status).toBe(401)
  })

  it('to a token without its scopes', async () => {
    await using issuer = await startIssuer()
    await using gateway = await startCounting({ jwt: issuer.expected })
    const query = '{ remoteRecords(first: 1) { nodes { csId companyName } } }'
    const as = async (scope: string) => ({
      authorization: `Bearer ${await issuer.token({ scope })}`,
    })
    const all = await as('record:read contact:read')
    for (let turn = 0; turn < 3; turn++) await gateway.repeat(query, all)
    expect((await gateway.repeat(query, all)).isRepeated).toBe(true)
    const less = await gateway.repeat(query, await as('record:read'))
    expect(less.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await gateway.repeat(query, await as('record:read contact:read'))).isRepeated).toBe(
      true,
    )
    expect((await gateway.repeat(query)).status).toBe(401)
  })

  it('to a page of another origin', async () => {
    await using gateway = await startCounting()
    await gateway.keep()
    expect((await gateway.repeat()).isRepeated).toBe(true)
    expect((await gateway.repeat(LIST, { origin: 'https://evil.example' })).status).toBe(403)
  })
})
