import { appendFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../src/emulator/answers/accounts.ts'
import { Secret } from '../../../src/secret.ts'
import { AuditLog } from '../../../src/server/callers/audit-log.ts'
import { type GatewayChoices, startTestedGateway } from '../gateway.ts'
import { CONTACTS, isChain, NEITHER } from './audit-events.ts'
import { startIssuer } from './issuer.ts'

const CHAT = '{ remoteRecords(first: 1) { nodes { chatMessages(first: 1) { nodes { text } } } } }'

let folder: string

let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'))
  path = join(folder, 'audit.jsonl')
})

afterEach(() => rm(folder, { recursive: true }))

async function startAudited(choices: GatewayChoices = {}) {
  const log = await AuditLog.open(path)
  const audit = { log, key: new Secret('a key of the tests, that nobody knows') }
  return startTestedGateway({ audit, ...choices })
}

const events = async () => (await readFile(path, 'utf8')).split('\n').filter(line => line !== '')

describe('an operation that reads contacts or chats', () => {
  it('leaves one event, of records and no values', async () => {
    await using gateway = await startAudited()
    const { body } = await gateway.ask(CONTACTS, { headers: { 'x-request-id': 'mine' } })
    const [line = '', ...others] = await events()
    expect(others).toEqual([])
    expect(JSON.parse(line)).toMatchObject({
      class_uid: 6003,
      category_uid: 6,
      activity_id: 2,
      type_uid: 600302,
      metadata: { uid: 'mine', sequence: 1 },
      api: { operation: 'Contacts', group: { name: 'contact:read' } },
      resources: ['2999', '2998', '2997'].map(uid => ({ type: 'RemoteRecord', uid })),
      count: 3,
      status: 'Success',
    })
    const { nodes } = (body.data?.remoteRecords ?? {}) as { nodes: { contactName: string }[] }
    for (const { contactName } of nodes) expect(line).not.toContain(contactName)
  })

  it('leaves one of chats as well, and none if it reads neither', async () => {
    await using gateway = await startAudited()
    await gateway.ask(NEITHER)
    expect(await events()).toEqual([])
    await gateway.ask(CHAT)
    expect((await events()).map(line => JSON.parse(line).api.group.name)).toEqual(['chat:read'])
  })

  it('leaves one of what many records add up to', async () => {
    await using gateway = await startAudited()
    const days = 'createdOn: { from: "2026-11-22", to: "2026-11-22" }'
    const query = `{ remoteRecordStatistics(${days}) { byCompany { count } } }`
    expect((await gateway.ask(query)).body.errors).toBeUndefined()
    expect((await events()).map(line => JSON.parse(line))).toMatchObject([
      { api: { group: { name: 'contact:read' } }, resources: [], count: 0 },
    ])
  })

  it.each([
    'a: remoteRecords(DAYS, FILTER) { totalCount }',
    'a: remoteRecordStatistics(DAYS, FILTER) { count }',
    'a: agent(servicerId: 203) { remoteRecords(DAYS, FILTER) { nodes { csId } } }',
  ])(
    'leaves one of a filter by contacts, which finds out whether there is one: %s',
    async query => {
      await using gateway = await startAudited()
      const asked = query
        .replace('DAYS', 'createdOn: { from: "2026-11-22", to: "2026-11-22" }')
        .replace('FILTER', 'filter: { companyNames: ["x"] }')
      expect((await gateway.ask(`{ ${asked} }`)).body.errors).toBeUndefined()
      expect((await events()).map(line => JSON.parse(line))).toMatchObject([
        { api: { group: { name: 'contact:read' } }, resources: [], count: 0, status: 'Success' },
      ])
      await gateway.ask(`{ ${asked.replace('companyNames: ["x"]', 'isOpen: true')} }`)
      expect(await events()).toHaveLength(1)
    },
  )

  it('knows addresses apart behind a proxy of ours, and takes no claim of them otherwise', async () => {
    const addressesOf = async (trustedProxies?: number) => {
      const log = await AuditLog.open(path)
      const key = new Secret('a key of the tests, that nobody knows')
      await using gateway = await startTestedGateway({
        audit: { log, key, ...(trustedProxies && { trustedProxies }) },
      })
      for (const address of ['192.0.2.1', '192.0.2.2'])
        await gateway.ask(CONTACTS, { headers: { 'x-forwarded-for': address } })
      const lines = (await events()).slice(-2)
      return new Set(lines.map(line => JSON.parse(line).src_endpoint.uid)).size
    }
    expect([await addressesOf(), await addressesOf(1)]).toEqual([1, 2])
  })

  it('names a hundred records at most, and counts the others', async () => {
    await using gateway = await startAudited()
    const page = (name: string, order: string) =>
      `${name}: remoteRecords(first: 100, order: ${order}) { nodes { companyName } }`
    await gateway.ask(`{ ${page('a', 'NEWEST_FIRST')} ${page('b', 'OLDEST_FIRST')} }`)
    const { resources, count } = JSON.parse((await events())[0] ?? '')
    expect([resources.length, count]).toEqual([100, 200])
  })

  it('names its caller so that nobody can read it, always as the same', async () => {
    await using issuer = await startIssuer()
    await using gateway = await startAudited({ jwt: issuer.expected })
    const scope = 'record:read contact:read'
    for (const sub of ['alice', 'bob', 'alice']) {
      const authorization = `Bearer ${await issuer.token({ sub, scope })}`
      await gateway.ask(CONTACTS, { headers: { authorization } })
    }
    const lines = await events()
    const [alice, bob, again] = lines.map(line => JSON.parse(line).actor.user.uid)
    expect(again).toBe(alice)
    expect(bob).not.toBe(alice)
    expect(lines.join()).not.toMatch(/alice|bob|127\.0\.0\.1/)
  })

  it('leaves none for what its token may not read', async () => {
    await using issuer = await startIssuer()
    await using gateway = await startAudited({ jwt: issuer.expected })
    const authorization = `Bearer ${await issuer.token({ scope: 'record:read' })}`
    await gateway.ask(CONTACTS, { headers: { authorization } })
    expect(await events()).toEqual([])
  })

  it('is told by the account that it brings', async () => {
    await using gateway = await startAudited({ sharedAccount: null })
    const pair = `${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`
    const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
    await gateway.ask(CONTACTS, { headers: { authorization } })
    const text = (await events()).join()
    expect(text).not.toContain(ADMINISTRATOR.account)
    expect(JSON.parse(text).status).toBe('Success')
  })
})

describe('the chain of events', () => {
  it('goes on side by side and over a start, and shows each change', async () => {
    for (const _ of [1, 2]) {
      await using gateway = await startAudited()
      await Promise.all(Array.from({ length: 5 }, () => gateway.ask(CONTACTS)))
    }
    const lines = await events()
    expect(lines).toHaveLength(10)
    expect(isChain(lines)).toBe(true)
    expect(isChain(lines.toSpliced(4, 1))).toBe(false)
    expect(isChain(lines.with(4, (lines[4] ?? '').replace('2999', '2990')))).toBe(false)
  })

  it('goes on after a line that was cut off', async () => {
    await using gateway = await startAudited()
    await gateway.ask(CONTACTS)
    await appendFile(path, '{"class_uid":60')
    await using again = await startAudited()
    await again.ask(CONTACTS)
    const lines = (await events()).filter(line => line.endsWith('}'))
    expect(lines).toHaveLength(2)
    expect(isChain(lines)).toBe(true)
  })

  it.each<[string, () => Promise<void>]>([
    ['renamed', () => rename(path, join(folder, 'audit.1.jsonl'))],
    ['removed', () => rm(path)],
  ])('goes on in a new file if its own is %s', async (_, rotate) => {
    await using gateway = await startAudited()
    await gateway.ask(CONTACTS)
    const before = await events()
    await rotate()
    for (const _ of [1, 2]) expect((await gateway.ask(CONTACTS)).body.errors).toBeUndefined()
    const after = await events()
    expect(after).toHaveLength(2)
    expect(isChain([...before, ...after])).toBe(true)
  })

  it('stops if there can be no new file: what would be read is not answered', async () => {
    await using gateway = await startAudited()
    await rename(folder, `${folder}-away`)
    const { body } = await gateway.ask(CONTACTS)
    await rename(`${folder}-away`, folder)
    expect(body.errors?.[0]?.extensions.code).toBe('AUDIT_UNAVAILABLE')
  })

  it('cannot go on in a file of something else', async () => {
    await writeFile(path, 'another file\n')
    await expect(AuditLog.open(path)).rejects.toThrow('none of its own')
  })
})
