import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import {
  authorizationOf,
  type CompanyGraph,
  callsByRequest,
  startCompanyGraph,
} from './company-graph.ts'
import { areRoutersInstalled, HOW_TO_INSTALL } from './router.ts'

beforeEach(({ skip }) => {
  if (!areRoutersInstalled()) skip(HOW_TO_INSTALL)
})

const RECORDS = '{ tickets(first: 2) { subject remoteRecord { csId startedAt } } }'

/** What the CRM says, whatever becomes of our part. */
const TICKETS_ALONE = [
  {
    subject: '远程协助:苏州瑞丰机械制造有限公司',
    remoteRecord: { csId: '2719', startedAt: null },
  },
  {
    subject: '远程协助:上海嘉禾机械制造有限公司',
    remoteRecord: { csId: '2718', startedAt: null },
  },
]

describe.each([
  {
    router: 'apollo',
    failedPaths: ['tickets 0 remoteRecord', 'tickets 1 remoteRecord'],
    lostFailures: [],
  },
  {
    router: 'hive',
    // It moves an error on to the field that was asked,
    failedPaths: ['tickets 0 remoteRecord startedAt', 'tickets 1 remoteRecord startedAt'],
    // and makes one of its own for an absent object's field that is never null.
    lostFailures: ['INTERNAL_SERVER_ERROR ticket remoteRecord status'],
  },
] as const)('behind the router $router', ({ router, failedPaths, lostFailures }) => {
  let graph: CompanyGraph
  const failedWith = (code: string) => failedPaths.map(path => `${code} ${path}`)

  beforeAll(async () => {
    if (areRoutersInstalled()) graph = await startCompanyGraph(router)
  })
  afterAll(() => graph?.[Symbol.asyncDispose]())

  it('an upstream that fails leaves the rest whole, and its code arrives', async () => {
    await using gateway = await graph.startGateway()
    gateway.emulator.beforeAnswer = () => {
      throw new Error('broken')
    }
    const { data, failures, errors } = await graph.ask(RECORDS)
    expect(data.tickets).toEqual(TICKETS_ALONE)
    expect(failures).toEqual(failedWith('UPSTREAM_UNAVAILABLE'))
    expect(errors.map(({ extensions }) => extensions.retryable)).toEqual([true, true])
  })

  it('a part of the upstream that fails leaves the rest of the records', async () => {
    await using gateway = await graph.startGateway()
    gateway.emulator.beforeAnswer = ({ endpoint }) => {
      if (endpoint === 'chatrecords') throw new Error('broken')
    }
    const { data, failures } = await graph.ask(
      '{ ticket(id: "1") { remoteRecord { startedAt chatMessages(last: 1) { totalCount nodes { text } } } } }',
    )
    expect(data.ticket.remoteRecord).toEqual({
      startedAt: '2026-11-20T23:21:49+08:00',
      chatMessages: null,
    })
    expect(failures).toEqual(['UPSTREAM_UNAVAILABLE ticket remoteRecord chatMessages'])
  })

  it('a gateway that is not there leaves the rest whole', async () => {
    const { data, errors } = await graph.ask(RECORDS)
    expect(data.tickets).toEqual(TICKETS_ALONE)
    expect(errors.length).toBeGreaterThan(0)
  })

  it("the caller's account goes to the gateway and upstream, and to nobody else", async () => {
    await using gateway = await graph.startGateway()
    const requestId = { 'x-request-id': 'one-of-many' }
    const { errors } = await graph.ask(RECORDS, { ...authorizationOf(ADMINISTRATOR), ...requestId })
    expect(errors).toEqual([])
    const accounts = new Set(gateway.emulator.calls.map(({ account }) => account))
    expect([...accounts]).toEqual([ADMINISTRATOR.account])
    expect(graph.crm.received.at(-1)).toMatchObject(requestId)
    expect(graph.crm.received.at(-1)).not.toHaveProperty('authorization')
  })

  it('an account sees what the upstream lets it see', async () => {
    await using gateway = await graph.startGateway()
    const { data, failures } = await graph.ask(
      `{
        ticket(id: "1") { remoteRecord { serviceSummary { state } } }
        remoteRecords(first: 1) { nodes { csId } }
      }`,
      authorizationOf(SUMMARY_AGENT),
    )
    expect(data).toEqual({
      ticket: { remoteRecord: { serviceSummary: { state: 'NO_TEMPLATE' } } },
      remoteRecords: null,
    })
    expect(failures).toEqual([expect.stringMatching(/^FORBIDDEN remoteRecords/)])
    const accounts = new Set(gateway.emulator.calls.map(({ account }) => account))
    expect([...accounts]).toEqual([SUMMARY_AGENT.account])
  })

  it('two accounts that ask the same at the same time do not share an answer', async () => {
    await using gateway = await graph.startGateway()
    const [whole, forbidden] = await Promise.all([
      graph.ask(RECORDS),
      graph.ask(RECORDS, authorizationOf(SUMMARY_AGENT)),
    ])
    expect(whole.errors).toEqual([])
    expect(forbidden.data.tickets).toEqual(TICKETS_ALONE)
    expect(forbidden.failures).toEqual(failedWith('FORBIDDEN'))
    expect(callsByRequest(gateway)).toHaveLength(2)
  })

  it('a wrong password is told, and so is a missing account', async () => {
    await using gateway = await graph.startGateway()
    const wrong = await graph.ask(RECORDS, authorizationOf({ ...ADMINISTRATOR, password: 'no' }))
    expect(wrong.data.tickets).toEqual(TICKETS_ALONE)
    gateway.emulator.clearCalls()
    const nobody = await graph.ask(RECORDS, {})
    expect(nobody.data.tickets).toEqual(TICKETS_ALONE)
    // The gateway answers 401 as a whole; a router says so once, or for each record.
    for (const { errors } of [wrong, nobody]) {
      const codes = new Set(errors.map(({ extensions }) => extensions.code))
      expect(codes).toEqual(new Set(['UNAUTHENTICATED']))
    }
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('what would cost too many upstream calls is refused before any', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask(
      '{ tickets(first: 100) { subject remoteRecord { startedAt chatMessages(last: 1) { totalCount nodes { text } } } } }',
    )
    expect(data.tickets).toHaveLength(100)
    expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_CALL_LIMIT', atMost: 316 })
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('references of a long list come at once, for the calls of their pages', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask(
      '{ tickets(first: 120) { remoteRecord { csId startedAt } } }',
    )
    expect(errors).toEqual([])
    expect(data.tickets).toEqual(
      Array.from({ length: 120 }, (_, index) => ({
        remoteRecord: { csId: String(2719 - index), startedAt: expect.any(String) },
      })),
    )
    expect(callsByRequest(gateway)).toEqual([3])
  })

  if (router === 'hive')
    it('what costs more than the router allows does not reach the gateway', async () => {
      await using gateway = await graph.startGateway()
      const chatsOf = (first: number) =>
        `{ remoteRecords(first: ${first}) { nodes { chatMessages { totalCount } } } }`
      const { data, errors } = await graph.ask(chatsOf(85))
      expect(data).toEqual({ remoteRecords: null })
      expect(errors.map(({ extensions }) => extensions)).toMatchObject([
        {
          code: 'COST_ESTIMATED_TOO_EXPENSIVE',
          // A page, and the chat of each record on it.
          cost: { estimated: 6 + 85 * 3, max: 250 },
        },
      ])
      expect(callsByRequest(gateway)).toEqual([])
      expect((await graph.ask(chatsOf(5))).errors).toEqual([])
      expect(callsByRequest(gateway)).toEqual([6])
    })

  it('a record that is not there is null whole where a field was asked that is never null', async () => {
    await using _ = await graph.startGateway()
    const { data, failures } = await graph.ask(
      '{ ticket(id: "0") { subject remoteRecord { status } } }',
    )
    expect(data.ticket).toEqual({
      subject: '远程协助:广州华晟电子有限公司',
      remoteRecord: null,
    })
    expect(failures).toEqual(lostFailures)
  })
})
