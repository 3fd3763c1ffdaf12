import { expect, test } from 'vitest'
import type { Distortion } from '../distorting-proxy.ts'
import { startGateway } from '../gateway.ts'
import { csIdsOf, falling } from '../schema/cs-ids.ts'

const WHOLE = `query ($after: String) {
  remoteRecords(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { csId }
  }
}`

/** All csIds of a list of 250 records, as a caller walks through an upstream that lies. */
async function walk(distort: Distortion, options: { readonly maxPerPage?: number } = {}) {
  await using gateway = await startGateway({ recordCount: 250, distort, ...options })
  const csIds: string[] = []
  for (let after: string | undefined; ; ) {
    const { data, failures } = await gateway.ask(WHOLE, { after })
    if (failures.length > 0) throw new Error(failures.join())
    csIds.push(...csIdsOf(data.remoteRecords))
    if (!data.remoteRecords.pageInfo.hasNextPage) return csIds
    after = data.remoteRecords.pageInfo.endCursor
  }
}

type Fields = Readonly<Record<string, unknown>>

const withFields = (fields: Fields) => (body: Fields) => ({ ...body, ...fields })

test.each([
  ['too small', { count: 120 }],
  ['too large', { count: 1000 }],
  ['negative', { count: -1 }],
  ['0', { count: 0 }],
  ['a string', { count: '250' }],
  ['no number', { count: 'many' }],
  ['null', { count: null }],
  ['absent', { count: undefined }],
])('a count that is %s neither ends nor prolongs the list', async (_, fields) => {
  expect(await walk(withFields(fields))).toEqual(falling(1249, 1000))
})

test.each([0, 120])('a count of %i does not hide the far end of a long list', async count => {
  await using gateway = await startGateway({ recordCount: 900, distort: withFields({ count }) })
  const { data, failures, calls, atMost } = await gateway.ask(
    '{ remoteRecords(first: 20, order: OLDEST_FIRST) { pageInfo { hasNextPage } nodes { csId } } }',
  )
  expect(failures).toEqual([])
  expect(csIdsOf(data.remoteRecords)).toEqual(falling(1019, 1000).toReversed())
  expect(data.remoteRecords.pageInfo.hasNextPage).toBe(true)
  expect(calls.length).toBeLessThanOrEqual(atMost + 10)
})

test.each([1e9, Number.MAX_SAFE_INTEGER])(
  'a count of %i is too dear to read, and costs no time',
  async count => {
    await using gateway = await startGateway({ recordCount: 250, distort: withFields({ count }) })
    const source = `{ remoteRecordStatistics(createdOn: { from: "2026-08-01", to: "2026-11-23" }) {
    price
  } }`
    const calls = Math.ceil(count / 100)
    for (const made of [1, 0]) {
      const { errors, calls: asked } = await gateway.ask(source)
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_CALL_LIMIT', calls })
      expect(asked).toHaveLength(made)
    }
  },
)

test('a length that the upstream does not state is counted: the last row tells it', async () => {
  const distort = withFields({ count: null })
  const source = '{ remoteRecords(first: 1) { totalCount nodes { csId } } }'
  await using large = await startGateway({ recordCount: 250, distort })
  expect((await large.ask(source)).data.remoteRecords.totalCount).toBe(250)
  await using small = await startGateway({ recordCount: 30, distort })
  expect((await small.ask(source)).data.remoteRecords.totalCount).toBe(30)
})

test.each([
  ['absent', { next_page: undefined }],
  ['to another host', { next_page: 'http://127.0.0.1:1/evil' }],
  ['a number', { next_page: 7 }],
])('a next_page that is %s is not followed', async (_, fields) => {
  expect(await walk(withFields(fields))).toEqual(falling(1249, 1000))
})

test('pages beyond the last one that are not found end the list', async () => {
  const distort = ({ remoterecords, ...rest }: { remoterecords: unknown[] }) =>
    remoterecords.length === 0
      ? Response.json({ status: '404' }, { status: 404 })
      : { ...rest, remoterecords, count: undefined, next_page: undefined }
  expect(await walk(distort)).toEqual(falling(1249, 1000))
  expect(await walk(distort, { maxPerPage: 50 })).toEqual(falling(1249, 1000))
})

test('an agent that is not found has no records; a list that is not found is no list', async () => {
  await using gateway = await startGateway({
    distort: () => Response.json({ status: '404' }, { status: 404 }),
  })
  const { data, errors, failures } = await gateway.ask(`{
    agent(servicerId: 206) { remoteRecords { totalCount pageInfo { hasNextPage } nodes { csId } } }
    remoteRecords { nodes { csId } }
  }`)
  expect(data).toEqual({
    agent: { remoteRecords: { totalCount: 0, pageInfo: { hasNextPage: false }, nodes: [] } },
    remoteRecords: null,
  })
  expect(failures).toEqual(['UPSTREAM_BAD_RESPONSE remoteRecords nodes'])
  expect(errors?.[0]?.message).toBe(
    'The upstream does not have the list of service records: expected status 200, got 404.',
  )
})

test('pages that are quietly capped lose nothing', async () => {
  for (const maxPerPage of [40, 25, 7]) {
    expect(await walk(body => body, { maxPerPage })).toEqual(falling(1249, 1000))
  }
})

test.each([
  ['another status', { status: '500000', message: 'welcome' }],
  ['nothing', {}],
  ['a list', []],
  ['no rows', { remoterecords: null, count: 3 }],
  ['a text', 'welcome'],
  ['null', null],
])('200 with %s is a bad response, and told nowhere', async (_, body) => {
  await using gateway = await startGateway({ recordCount: 5, distort: () => body })
  const { data, errors, failures } = await gateway.ask(
    '{ remoteRecords { nodes { csId } } serviceSummary(csId: 1000) { state } }',
  )
  expect(data).toEqual({ remoteRecords: null, serviceSummary: null })
  expect(failures.toSorted()).toEqual([
    'UPSTREAM_BAD_RESPONSE remoteRecords nodes',
    'UPSTREAM_BAD_RESPONSE serviceSummary',
  ])
  expect(JSON.stringify(errors)).not.toMatch(/welcome|127\.0\.0\.1/)
})

test('rows that are no rows are left out, and no other for their sake', async () => {
  const distort: Distortion = (body: { remoterecords: unknown[] }) => ({
    ...body,
    remoterecords: body.remoterecords.toSpliced(1, 4, null, 'row', 7, []),
  })
  await using gateway = await startGateway({ recordCount: 6, distort })
  const { data } = await gateway.ask(WHOLE)
  expect(csIdsOf(data.remoteRecords)).toEqual(['1005', '1000'])
})
