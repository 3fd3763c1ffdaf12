import { expect, test } from 'vitest'
import {
  emptyListAs,
  listAsMap,
  statusInBody,
  summaryValues,
} from '../../src/emulator/odd/odd-bodies.ts'
import {
  bigNumber,
  customFieldsAsMap,
  customFieldsNumbered,
  flagsAsWords,
  timesWithSlashes,
  timesWithT,
  withFields,
} from '../../src/emulator/odd/odd-rows.ts'
import {
  htmlPage,
  inGbk,
  inRawDeflate,
  rawControlCharacters,
} from '../../src/emulator/odd/odd-wires.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import { startGateway } from '../gateway.ts'

type Oddities = NonNullable<EmulatorOptions['oddities']>

const RECORDS = `{ remoteRecords(first: 30) { totalCount nodes {
  csId sessionId startedAt endedAt durationSeconds status agent { servicerId } client { uniqueNumber }
  serviceCardId price paymentStatus paidAt companyName description solution rating isResolved
  hasChat hasRemoteControl hasFileTransfer transferredFileCount problemType { optionId }
  customFields { key value attachments } chatUrl
} } }`
const CHAT =
  '{ remoteRecord(csId: 1195) { chatMessages { nodes { sender senderName text sentAt } } } }'

async function ask(query: string, oddities: Oddities = {}) {
  await using gateway = await startGateway({ recordCount: 200, oddities })
  return await gateway.ask(query)
}

test.each<[string, Oddities]>([
  ['times with a T', { lists: { row: timesWithT }, chatrecords: { row: timesWithT } }],
  [
    'times with slashes',
    { lists: { row: timesWithSlashes }, chatrecords: { row: timesWithSlashes } },
  ],
  ['flags in words', { lists: { row: flagsAsWords } }],
  ['custom fields as a map', { lists: { row: customFieldsAsMap } }],
  ['custom fields with numbers for names', { lists: { row: customFieldsNumbered } }],
  ['lists with numbers for names', { everywhere: { body: listAsMap } }],
  ['bodies in GBK', { everywhere: { wire: inGbk() } }],
  ['bodies in GB 18030', { everywhere: { wire: inGbk('gb18030') } }],
  ['raw deflate', { everywhere: { wire: inRawDeflate } }],
])('an upstream with %s gives the same answers', async (_, oddities) => {
  await using gateway = await startGateway({ recordCount: 200 })
  for (const query of [RECORDS, CHAT]) {
    const usual = await gateway.ask(query)
    gateway.emulator.oddities = oddities
    const { data, failures } = await gateway.ask(query)
    gateway.emulator.oddities = {}
    expect(failures).toEqual([])
    expect(data).toEqual(usual.data)
  }
})

const NEWEST = `{ remoteRecords(first: 1) { nodes {
  serviceCardId client { uniqueNumber } price description solution
} } }`

test('numbers keep all of their digits, and texts their line breaks', async () => {
  const { data } = await ask(NEWEST, {
    lists: {
      row: withFields(1199, {
        csSId: bigNumber('12345678901234567890'),
        csPrice: '1,234.00',
        uniqueNumber: 89789809,
        note: 'one\n\ttwo',
        ProblemSolution: 'half \ud83d',
      }),
    },
    everywhere: { wire: rawControlCharacters },
  })
  expect(data.remoteRecords.nodes).toEqual([
    {
      serviceCardId: '12345678901234567890',
      client: { uniqueNumber: '089789809' },
      price: '1234.00',
      description: 'one\n\ttwo',
      solution: 'half \ufffd',
    },
  ])
})

test.each([null, [], ''])('a list without rows may be %j', async empty => {
  await using gateway = await startGateway({
    recordCount: 0,
    oddities: { everywhere: { body: emptyListAs(empty) } },
  })
  const { data } = await gateway.ask('{ remoteRecords { nodes { csId } } }')
  expect(data).toEqual({ remoteRecords: { nodes: [] } })
})

test.each([
  ['401', 'UNAUTHENTICATED'],
  ['403', 'FORBIDDEN'],
  ['429', 'UPSTREAM_RATE_LIMITED'],
  ['502', 'UPSTREAM_UNAVAILABLE'],
])('200 with the status %s in its body is %s, beside an empty list too', async (status, code) => {
  for (const beside of ['nothing', 'an empty list'] as const) {
    const oddities = { everywhere: { body: statusInBody(status, beside) } }
    const { failures } = await ask('{ remoteRecords { nodes { csId } } }', oddities)
    expect(failures).toEqual([`${code} remoteRecords nodes`])
  }
})

test("a balancer's page for 404 is no proof that there is none", async () => {
  const query = `{
    agent(servicerId: 207) { remoteRecords { nodes { csId } } }
    serviceSummary(csId: 1199) { state }
    remoteRecord(csId: 1195) { chatMessages { nodes { text } } }
  }`
  await using gateway = await startGateway({ recordCount: 200 })
  await gateway.ask('{ remoteRecords(first: 10) { nodes { csId } } }')
  const wire = htmlPage(404)
  gateway.emulator.oddities = { everywhere: { wire } }
  const { failures } = await gateway.ask(query)
  expect(failures.toSorted()).toEqual([
    'UPSTREAM_BAD_RESPONSE agent remoteRecords nodes',
    'UPSTREAM_BAD_RESPONSE remoteRecord',
    'UPSTREAM_BAD_RESPONSE serviceSummary',
  ])
  gateway.emulator.oddities = { chatrecords: { wire } }
  const chat = await gateway.ask('{ remoteRecord(csId: 1195) { chatMessages { nodes { text } } } }')
  expect(chat.failures).toEqual(['UPSTREAM_BAD_RESPONSE remoteRecord chatMessages'])
})

test('the attachments of a summary are read one by one', async () => {
  const urls = ['https://files.example.com/1, 2.pdf', 'https://files.example.com/3.pdf']
  const { data } = await ask(
    '{ remoteRecords(first: 10) { nodes { serviceSummary { customFields { attachments } } } } }',
    { servicesummary: { body: summaryValues(`${urls.join(',')},`) } },
  )
  const nodes: { serviceSummary: { customFields: object[] } }[] = data.remoteRecords.nodes
  const fields = nodes.flatMap(({ serviceSummary }) => serviceSummary.customFields)
  expect(fields.length).toBeGreaterThan(0)
  expect(fields).toEqual(fields.map(() => ({ attachments: urls })))
})

test.each<[string, string, Oddities]>([
  [
    'the chat of another record',
    'remoteRecord(csId: 1195) { chatMessages { nodes { text } } }',
    { chatrecords: { answersFor: csId => csId - 1 } },
  ],
  [
    "another agent's records",
    'agent(servicerId: 207) { remoteRecords { nodes { csId } } }',
    { agent_histories: { answersFor: () => 206 } },
  ],
  [
    "everybody's records",
    'agent(servicerId: 207) { remoteRecords { nodes { csId } } }',
    { agent_histories: { answersFor: 'everyone' } },
  ],
  [
    'records of days before',
    'remoteRecords(createdOn: { from: "2026-11-01", to: "2026-11-10" }) { nodes { csId } }',
    { lists: { days: -20 } },
  ],
])('%s are not what was asked for', async (_, field, oddities) => {
  const { failures } = await ask(`{ ${field} }`, oddities)
  expect(failures).toEqual([expect.stringMatching(/^UPSTREAM_BAD_RESPONSE /)])
})

test.each<[title: string, csId: unknown]>([
  ['one csId', 5],
  ['ids that are paths', '../users'],
])('what was read while all rows had %s leaves no wrong order behind', async (_, csId) => {
  await using gateway = await startGateway({ recordCount: 200 })
  const query = '{ remoteRecords(first: 2) { nodes { csId } } }'
  gateway.emulator.oddities = { lists: { row: row => ({ ...row, csId }) } }
  await gateway.ask(query)
  gateway.emulator.oddities = {}
  const { data } = await gateway.ask(query)
  expect(data).toEqual({ remoteRecords: { nodes: [{ csId: '1199' }, { csId: '1198' }] } })
})
