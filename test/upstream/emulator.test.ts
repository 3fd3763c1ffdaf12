import { expect, test } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import { startEmulator } from '../../src/emulator/emulator.ts'
import { listChatMessages } from '../../src/upstream/chat-message.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import {
  listAgentRemoteRecords,
  listLabelledRemoteRecords,
  listRemoteRecords,
} from '../../src/upstream/remote-record.ts'
import { getServiceSummary } from '../../src/upstream/service-summary.ts'
import { rejection, visit } from './fake-upstream.ts'

const PAGE = { page: 1, perPage: 100 }

const loginOf = ({ account, password }: typeof ADMINISTRATOR) => ({
  authorization: basicAuthorization(account, password),
})

test('reads all five endpoints of the emulator', async () => {
  await using emulator = await startEmulator({ recordCount: 250 })
  await using visitor = visit(emulator.url, {}, loginOf(ADMINISTRATOR))
  const { session } = visitor

  const records = await listRemoteRecords(session, PAGE)
  expect(records).toMatchObject({ size: 100, count: 250, hasNext: true })
  const record = records.rows.find(({ hasChat, servicerId }) => hasChat && servicerId)
  if (!record?.servicerId) throw new Error('expected a record with a chat and an agent')

  const labelled = await listLabelledRemoteRecords(session, PAGE)
  expect(labelled.rows.map(({ csId }) => csId)).toEqual(records.rows.map(({ csId }) => csId))
  const ofAgent = await listAgentRemoteRecords(session, record.servicerId, PAGE)
  expect(ofAgent.rows.map(({ csId }) => csId)).toContain(record.csId)
  const chat = await listChatMessages(session, record.csId, { page: 1, perPage: 2 })
  const [message] = chat.rows
  expect(message?.sender).toEqual(expect.stringMatching(/^(?:AGENT|CLIENT)$/))
  expect(message?.senderName).toEqual(expect.any(String))
  expect(message?.text).toEqual(expect.any(String))
  expect(message?.sentAt).toEqual(expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/))
  expect(message?.second).toEqual(expect.any(Number))
  const summary = await getServiceSummary(session, record.csId, 'REMOTE_ASSISTANCE')
  expect(['FILLED', 'NOT_FILLED', 'NO_TEMPLATE']).toContain(summary.state)

  expect(emulator.callLines()).toEqual([
    'histories page=1 per_page=100',
    'histories_v2 page=1 per_page=100',
    `agent_histories/${record.servicerId} page=1 per_page=100`,
    `chatrecords/${record.csId} page=1 per_page=2`,
    `servicesummary/${record.csId} servicesummary_type=3`,
  ])
  expect(visitor.calls.map(({ outcome }) => outcome)).toEqual(Array(5).fill('ok'))
})

test('reads every record that the emulator can make up', async () => {
  await using emulator = await startEmulator({ recordCount: 2000 })
  await using visitor = visit(emulator.url, {}, loginOf(ADMINISTRATOR))
  const csIds = new Set<number>()
  for (let page = 1; page <= 20; page++) {
    const { rows } = await listRemoteRecords(visitor.session, { page, perPage: 100 })
    for (const row of rows) {
      csIds.add(row.csId)
      const names = Object.getOwnPropertyNames(Object.getPrototypeOf(row)) as (keyof typeof row)[]
      for (const name of names) expect([name, row[name]]).not.toContain(undefined)
    }
  }
  expect(csIds.size).toBe(2000)
  expect(new Set(visitor.oddities)).toEqual(new Set(['unknown-enumeration-value']))
})

test('knows a wrong password, a missing right and a missing record by their statuses', async () => {
  await using emulator = await startEmulator({ recordCount: 1 })
  const as = (account: typeof ADMINISTRATOR) => visit(emulator.url, {}, loginOf(account))
  await using stranger = as({ ...ADMINISTRATOR, password: 'wrong' })
  await using agent = as(SUMMARY_AGENT)
  await using administrator = as(ADMINISTRATOR)
  expect(await rejection(listRemoteRecords(stranger.session, PAGE))).toMatchObject({
    code: 'UNAUTHENTICATED',
  })
  expect(await rejection(listRemoteRecords(agent.session, PAGE))).toMatchObject({
    code: 'FORBIDDEN',
  })
  expect(await rejection(listChatMessages(administrator.session, 999_999, PAGE))).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
  })
})
