import { expect, test } from 'vitest'
import { getServiceSummary, SERVICE_CHANNELS } from '../../src/upstream/service-summary.ts'
import { answering, rejection, startFakeUpstream, visit } from './fake-upstream.ts'

async function summary(body: unknown) {
  await using upstream = await startFakeUpstream(answering(body))
  await using visitor = visit(upstream.url)
  const resource = await getServiceSummary(visitor.session, 231, 'REMOTE_ASSISTANCE')
  if (resource.state !== 'FILLED') return resource
  const { state, templateName, customFields } = resource
  return { state, templateName, customFields }
}

const filled = (serviceSummary: unknown, status: unknown = '200') => ({
  status,
  message: 'Successful',
  data: { serviceSummary },
})

test.each(['200', 200])('reads a summary that is filled in, with status %j', async status => {
  const custom_fields = [
    { key: 'field_3', value: '1' },
    { key: 'field_4', value: 'https://files.example.com/1.pdf,https://files.example.com/2.pdf' },
  ]
  expect(
    await summary(filled({ ticketTemplateName: '服务总结模板名称', custom_fields }, status)),
  ).toEqual({
    state: 'FILLED',
    templateName: '服务总结模板名称',
    customFields: [
      { key: 'field_3', value: '1', attachments: [] },
      {
        key: 'field_4',
        value: 'https://files.example.com/1.pdf,https://files.example.com/2.pdf',
        attachments: ['https://files.example.com/1.pdf', 'https://files.example.com/2.pdf'],
      },
    ],
  })
})

test('a summary without name and fields is filled in all the same', async () => {
  const empty = { state: 'FILLED', templateName: null, customFields: [] }
  expect(await summary(filled({}))).toEqual(empty)
  expect(await summary(filled({ ticketTemplateName: {}, custom_fields: null }))).toEqual(empty)
})

test.each([
  ['{ "status":"120001" ,\n "message":"No service summary template",\n}', 'NO_TEMPLATE'],
  ['{"status":120001,"message":"No service summary template"}', 'NO_TEMPLATE'],
  ['{ "status":"120002" ,\n "message":"No service summary information",\n}', 'NOT_FILLED'],
  ['{"status":120002}', 'NOT_FILLED'],
])('%s is the state %s, no error', async (body, state) => {
  expect(await summary(body)).toEqual({ state })
})

test.each([
  [{}, 'another object'],
  [[], 'an array'],
  [{ data: { serviceSummary: {} } }, 'another object'],
  [{ status: 'secret' }, 'another object'],
  [filled(null), 'an object with status 200'],
  [filled([]), 'an object with status 200'],
  [{ status: '200', data: null }, 'an object with status 200'],
  [{ status: '200' }, 'an object with status 200'],
])('the answer %j is no summary', async (body, got) => {
  expect(await rejection(summary(body))).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message: `The upstream's answer cannot be read: expected the summary of a service, got ${got}.`,
  })
})

test('asks with the type of the channel', async () => {
  await using upstream = await startFakeUpstream(answering({ status: '120001' }))
  await using visitor = visit(upstream.url)
  for (const channel of SERVICE_CHANNELS) await getServiceSummary(visitor.session, 231, channel)
  expect(upstream.requests.map(({ target }) => target)).toEqual([
    '/api/v1/servicesummary/231.json?servicesummary_type=1',
    '/api/v1/servicesummary/231.json?servicesummary_type=2',
    '/api/v1/servicesummary/231.json?servicesummary_type=3',
  ])
})
