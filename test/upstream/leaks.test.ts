import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { listChatMessages } from '../../src/upstream/chat-message.ts'
import { listRemoteRecords } from '../../src/upstream/remote-record.ts'
import { getServiceSummary } from '../../src/upstream/service-summary.ts'
import { AUTHORIZATION, rejection, startFakeUpstream, visit } from './fake-upstream.ts'

const BODY = '{"status":"13240138478","message":"secret-body"}'
const SECRETS = [
  '127.0.0.1',
  'secret',
  '13240138478',
  '987654321',
  '2017-08-27',
  'remoterecord/',
  AUTHORIZATION.split(' ')[1],
]

const FAILURES = [
  { status: 200, body: BODY },
  { status: 200, body: BODY.slice(0, -5) },
  { status: 200, body: `<html>${BODY}` },
  { status: 200, body: BODY, headers: { 'content-encoding': 'gzip' } },
  { status: 200, body: BODY, headers: { 'content-encoding': 'secret' } },
  { status: 200, body: BODY.repeat(1000) },
  { status: 200, body: '', headers: { 'content-length': '100' } },
  { status: 302, body: BODY, headers: { location: 'http://secret-host/' } },
  { status: 400, body: BODY },
  { status: 401, body: BODY, headers: { 'www-authenticate': 'Basic realm="secret"' } },
  { status: 403, body: BODY },
  { status: 404, body: BODY },
  { status: 429, body: BODY, headers: { 'retry-after': 'secret' } },
  { status: 500, body: BODY },
  { status: 0, body: BODY },
]

test.each(FAILURES)(
  'an error for callers says nothing of host, values, credentials and body: %j',
  async ({ status, body, headers = {} }) => {
    await using upstream = await startFakeUpstream((_request, response) => {
      if (status === 0) return void response.destroy()
      response.writeHead(status, headers)
      response.write(body)
      setTimeout(() => ('content-length' in headers ? response.destroy() : response.end()), 5)
    })
    await using visitor = visit(upstream.url, { maxBodyBytes: 10_000 })
    const { session } = visitor
    const page = { page: 1, perPage: 987_654_321 }
    const errors = [
      await rejection(listRemoteRecords(session, page, { from: '2017-08-27' })),
      await rejection(listChatMessages(session, 987_654_321, page)),
      await rejection(getServiceSummary(session, 987_654_321, 'IM')),
    ]
    for (const error of errors) {
      const shown = `${String(error)} ${JSON.stringify(error)} ${(error as Error).message}`
      for (const secret of SECRETS) expect(shown).not.toContain(secret)
      expect(shown).toMatch(
        /expected .+, got .+\.|let this account read|accept the account or its password/,
      )
    }
  },
)

test('neither client nor session shows its credentials', async () => {
  await using visitor = visit('http://127.0.0.1:1')
  const shown = inspect([visitor.client, visitor.session], { depth: 9 })
  expect(shown).not.toContain(AUTHORIZATION.split(' ')[1])
})
