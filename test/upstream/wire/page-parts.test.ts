import { expect, test } from 'vitest'
import { listChatMessages } from '../../../src/upstream/chat-message.ts'
import { listRemoteRecords } from '../../../src/upstream/remote-record.ts'
import { rejection, startFakeUpstream, visit } from '../fake-upstream.ts'

const MAX = { maxBodyBytes: 20_000 }

interface ListOptions {
  readonly length: number
  /** Rows of more than a body may have. */
  readonly huge?: readonly number[]
  /** Of each other row, in bytes. */
  readonly bytes?: number
  /** The length that is stated with a page. */
  readonly countAt?: (call: number) => number
  readonly rowsAtLeast?: number
}

/** An upstream whose list has the csIds 1, 2, 3 …; it remembers which pages were asked for. */
async function startList(options: ListOptions) {
  const { length, huge = [], bytes = 300, countAt = () => length, rowsAtLeast = 0 } = options
  const asked: string[] = []
  const upstream = await startFakeUpstream(({ url }, response) => {
    const search = new URL(url ?? '', 'http://upstream').searchParams
    const [page, perPage] = [Number(search.get('page')), Number(search.get('per_page'))]
    asked.push(`${page} of ${perPage}`)
    const start = (page - 1) * perPage
    const size = Math.max(Math.min(perPage, length - start), 0)
    const remoterecords = Array.from({ length: Math.max(size, rowsAtLeast) }, (_, at) => {
      const csId = start + at + 1
      return { csId, note: 'x'.repeat(huge.includes(csId) ? 30_000 : bytes) }
    })
    const next_page = start + perPage < length ? 'https://upstream/next' : null
    response.end(JSON.stringify({ remoterecords, count: countAt(asked.length), next_page }))
  })
  const visitor = visit(upstream.url, MAX)
  return {
    asked,
    oddities: visitor.oddities,
    list: (page: number, perPage: number) =>
      listRemoteRecords(visitor.session, { page, perPage }).then(({ rows, ...rest }) => ({
        ...rest,
        csIds: rows.map(({ csId }) => csId),
      })),
    async [Symbol.asyncDispose]() {
      await visitor[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

test('a page that is too large is read as two of half its size', async () => {
  await using upstream = await startList({ length: 500 })
  expect(await upstream.list(2, 100)).toEqual({
    csIds: range(101, 200),
    size: 100,
    count: 500,
    hasNext: true,
  })
  expect(upstream.asked).toEqual(['2 of 100', '3 of 50', '4 of 50'])
  expect(upstream.oddities).toEqual([])
})

test.each([
  [1, 75, ['1 of 75', '1 of 38', '2 of 38']],
  [3, 75, ['3 of 75', '4 of 38', '5 of 38', '6 of 38']],
  [2, 97, ['2 of 97', '2 of 49', '3 of 49', '4 of 49']],
])('page %i of %i rows is the same rows in parts', async (page, perPage, asked) => {
  await using upstream = await startList({ length: 500 })
  const { csIds } = await upstream.list(page, perPage)
  expect(csIds).toEqual(range((page - 1) * perPage + 1, page * perPage))
  expect(upstream.asked).toEqual(asked)
})

test('nothing is asked for beyond the end of the list', async () => {
  await using upstream = await startList({ length: 30, bytes: 900 })
  expect(await upstream.list(1, 100)).toEqual({
    csIds: range(1, 30),
    size: 30,
    count: 30,
    hasNext: false,
  })
  expect(upstream.asked).toEqual([
    '1 of 100',
    '1 of 50',
    '1 of 25',
    '1 of 13',
    '2 of 13',
    '2 of 25',
  ])
})

test('a row that is too large alone is left out and said; the others are given', async () => {
  await using upstream = await startList({ length: 40, huge: [13, 29], bytes: 10 })
  const { csIds, size, count } = await upstream.list(1, 40)
  expect(csIds).toEqual(range(1, 40).filter(csId => csId !== 13 && csId !== 29))
  expect([size, count]).toEqual([40, 40])
  expect(upstream.oddities).toEqual(['row-without-csid', 'row-without-csid'])
})

test('an upstream that answers all with too much is given up after a few calls', async () => {
  await using upstream = await startList({ length: 100, huge: range(1, 100) })
  expect(await rejection(upstream.list(1, 100))).toMatchObject({
    name: 'UpstreamTooLargeError',
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
  })
  expect(upstream.asked.length).toBeLessThan(14)
})

test('an upstream that takes no page size cannot be read in parts', async () => {
  await using upstream = await startList({ length: 100, rowsAtLeast: 60 })
  expect(await rejection(upstream.list(1, 100))).toMatchObject({ name: 'UpstreamTooLargeError' })
})

test('parts of a list that changed between them do not fit together', async () => {
  await using upstream = await startList({ length: 500, countAt: call => 497 + call })
  expect(await rejection(upstream.list(1, 100))).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: true,
    message:
      'The upstream changed the list of service records while it was read in parts: expected one length, got several.',
  })
})

test('a chat is read in parts as well', async () => {
  await using upstream = await startFakeUpstream(({ url }, response) => {
    const search = new URL(url ?? '', 'http://upstream').searchParams
    const contents = Array(Number(search.get('per_page'))).fill({ msg: 'x'.repeat(300) })
    response.end(JSON.stringify({ remote_chatrecords: { csId: '7', contents }, count: 500 }))
  })
  await using visitor = visit(upstream.url, MAX)
  const { rows } = await listChatMessages(visitor.session, 7, { page: 1, perPage: 100 })
  expect(rows).toHaveLength(100)
  expect(upstream.requests).toHaveLength(3)
})

test('what is no JSON object is not asked for in parts', async () => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.end(`<html>${'x'.repeat(30_000)}`)
  })
  await using visitor = visit(upstream.url, MAX)
  const answer = listRemoteRecords(visitor.session, { page: 1, perPage: 100 })
  expect(await rejection(answer)).toMatchObject({ name: 'UpstreamBadResponseError' })
  expect(upstream.requests).toHaveLength(1)
})
