import { expect, test } from 'vitest'
import { SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import { startGateway } from '../gateway.ts'

const SUMMARY = `query ($csId: ID!, $channel: ServiceChannel! = REMOTE_ASSISTANCE) {
  serviceSummary(csId: $csId, channel: $channel) {
    csId channel state templateName customFields { key value attachments }
  }
}`

test.each([
  [
    'filled in',
    '2801',
    {
      state: 'FILLED',
      templateName: '远程协助服务总结',
      customFields: [
        { key: 'field_1', value: '在打印设置中更换默认打印机,打印恢复', attachments: [] },
        { key: 'field_2', value: '转交研发', attachments: [] },
      ],
    },
  ],
  ['not filled in', '2804', { state: 'NOT_FILLED', templateName: null, customFields: [] }],
  ['without a template', '2800', { state: 'NO_TEMPLATE', templateName: null, customFields: [] }],
])('a summary that is %s is a state, not an error', async (_, csId, serviceSummary) => {
  await using gateway = await startGateway()
  const { data, failures, calls } = await gateway.ask(SUMMARY, { csId })
  expect(data).toEqual({
    serviceSummary: { csId, channel: 'REMOTE_ASSISTANCE', ...serviceSummary },
  })
  expect(failures).toEqual([])
  expect(calls).toEqual([`servicesummary/${csId} servicesummary_type=3`])
})

test.each([
  ['IM', '在线客服服务总结', 1],
  ['CALL_CENTER', '呼叫中心服务总结', 2],
  ['REMOTE_ASSISTANCE', '远程协助服务总结', 3],
])('the channel %s has its own', async (channel, templateName, type) => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(SUMMARY, { csId: '2801', channel })
  expect(data.serviceSummary).toMatchObject({ channel, state: 'FILLED', templateName })
  expect(calls).toEqual([`servicesummary/2801 servicesummary_type=${type}`])
})

test("a record's own is that of remote assistance; a service asked for twice is one call", async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `{
      remoteRecords(first: 2) { nodes { csId serviceSummary { csId channel state } } }
      serviceSummary(csId: 2999) { state }
    }`,
  )
  expect(data.remoteRecords.nodes).toEqual([
    {
      csId: '2999',
      serviceSummary: { csId: '2999', channel: 'REMOTE_ASSISTANCE', state: 'NOT_FILLED' },
    },
    {
      csId: '2998',
      serviceSummary: { csId: '2998', channel: 'REMOTE_ASSISTANCE', state: 'NOT_FILLED' },
    },
  ])
  expect(calls.toSorted()).toEqual([
    'histories page=1 per_page=4',
    'servicesummary/2998 servicesummary_type=3',
    'servicesummary/2999 servicesummary_type=3',
  ])
})

test('keys choose among its fields', async () => {
  await using gateway = await startGateway()
  const { data } = await gateway.ask(
    '{ serviceSummary(csId: 2801) { customFields(keys: ["field_2"]) { value } } }',
  )
  expect(data.serviceSummary.customFields).toEqual([{ value: '转交研发' }])
})

test('a service that the upstream does not know is null', async () => {
  await using gateway = await startGateway()
  const { data, failures } = await gateway.ask(SUMMARY, { csId: '5' })
  expect(data).toEqual({ serviceSummary: null })
  expect(failures).toEqual([])
})

test('who may read summaries only gets those, and FORBIDDEN at the path of the rest', async () => {
  await using gateway = await startGateway({ account: SUMMARY_AGENT })
  const { data, failures } = await gateway.ask(
    `{
      remoteRecords(first: 3) { nodes { csId } }
      agent(servicerId: 201) { servicerId remoteRecords { totalCount } }
      serviceSummary(csId: 2804) { state }
    }`,
  )
  expect(data).toEqual({
    remoteRecords: null,
    agent: { servicerId: '201', remoteRecords: { totalCount: null } },
    serviceSummary: { state: 'NOT_FILLED' },
  })
  expect(failures.toSorted()).toEqual([
    'FORBIDDEN agent remoteRecords totalCount',
    'FORBIDDEN remoteRecords nodes',
  ])
})

test('a summary that fails is null alone', async () => {
  await using gateway = await startGateway({
    beforeAnswer({ path }) {
      if (path.includes('servicesummary/2998')) throw new Error('broken')
    },
  })
  const { data, failures } = await gateway.ask(
    '{ remoteRecords(first: 2) { nodes { csId serviceSummary { state } } } }',
  )
  expect(data.remoteRecords.nodes).toEqual([
    { csId: '2999', serviceSummary: { state: 'NOT_FILLED' } },
    { csId: '2998', serviceSummary: null },
  ])
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecords nodes 1 serviceSummary'])
})
