import { describe, expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { falling, rising } from './cs-ids.ts'
import { ask } from './record-pages.ts'

test('the last page says that there is none after it', async () => {
  await using gateway = await startGateway()
  const { csIds, info } = await ask(gateway, { last: 20 })
  expect(csIds).toEqual(falling(1019, 1000))
  expect(info).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
})

test('a last page that is exactly full ends the list', async () => {
  await using gateway = await startGateway({ recordCount: 200 })
  const first = await ask(gateway, { first: 100 })
  expect(first.info).toMatchObject({ hasNextPage: true })
  const last = await ask(gateway, { first: 100, after: first.info.endCursor })
  expect(last.csIds).toEqual(falling(1099, 1000))
  expect(last.info).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
})

test('after the last record there is nothing', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  const { info } = await ask(gateway, { last: 1 })
  const { page, csIds } = await ask(gateway, { first: 10, after: info.endCursor })
  expect(csIds).toEqual([])
  expect(page.totalCount).toBe(30)
  expect(page.pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: true,
    startCursor: null,
    endCursor: info.endCursor,
  })
})

test('an empty page gives the cursor back from which what is new is found later', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  const walk = (after: string) => ask(gateway, { order: 'OLDEST_FIRST', after })
  const { info } = await ask(gateway, { first: 1 })
  const { csIds, info: empty } = await walk(info.endCursor)
  expect(csIds).toEqual([])
  for (let added = 0; added < 2; added++) gateway.emulator.insertRecord()
  expect((await walk(empty.endCursor)).csIds).toEqual(rising(1030, 1031))
})

test('before the first record there is nothing', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  const { info } = await ask(gateway, { first: 1 })
  const { csIds, info: empty } = await ask(gateway, { before: info.startCursor })
  expect(csIds).toEqual([])
  expect(empty).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: info.startCursor,
    endCursor: null,
  })
})

describe('a part without rows', () => {
  test.each(['first', 'last'])('has no edges, and costs nothing: %s: 0', async size => {
    await using gateway = await startGateway()
    const records = `remoteRecords(${size}: 0) {
      edges { cursor node { problemType { label } chatMessages { totalCount } } }
      nodes { serviceSummary { state } }
      pageInfo { startCursor endCursor }
    }`
    const { data, calls, atMost } = await gateway.ask(
      `{ ${records} agent(servicerId: "201") { ${records} } }`,
    )
    const nothing = { edges: [], nodes: [], pageInfo: { startCursor: null, endCursor: null } }
    expect(data).toEqual({ remoteRecords: nothing, agent: { remoteRecords: nothing } })
    expect([calls, atMost]).toEqual([[], 0])
  })

  test('costs the call that counts the list, if its length is asked for', async () => {
    await using gateway = await startGateway()
    const { data, calls, atMost } = await gateway.ask(
      '{ remoteRecords(first: 0) { totalCount nodes { csId } } }',
    )
    expect(data.remoteRecords).toEqual({ totalCount: 2000, nodes: [] })
    expect(calls).toHaveLength(1)
    expect(atMost).toBe(1)
  })

  test.each([
    [{ first: 0 }, {}, { hasNextPage: true, hasPreviousPage: false }],
    [{ last: 0 }, {}, { hasNextPage: false, hasPreviousPage: true }],
    [{ first: 0 }, { after: 1000 }, { hasNextPage: false, hasPreviousPage: true }],
    [{ last: 0 }, { before: 1029 }, { hasNextPage: true, hasPreviousPage: false }],
    [{ first: 0 }, { after: 1010 }, { hasNextPage: true, hasPreviousPage: true }],
  ])('says what is around it, if that is asked: %j %j', async (size, at, expected) => {
    await using gateway = await startGateway({ recordCount: 30 })
    const { page } = await ask(gateway, { first: 100 })
    const cursors = Object.entries(at).map(([name, csId]) => [name, page.edges[1029 - csId].cursor])
    const { info, csIds } = await ask(gateway, { ...size, ...Object.fromEntries(cursors) })
    expect(csIds).toEqual([])
    expect(info).toMatchObject(expected)
  })
})

test('an empty list is empty, either way, and remembered as such', async () => {
  await using gateway = await startGateway({ recordCount: 0 })
  for (const [size, rows] of [
    [{ first: 5 }, 6],
    [{ last: 5 }, 100],
  ] as const) {
    const { page, calls } = await ask(gateway, size)
    expect(page).toEqual({
      totalCount: 0,
      edges: [],
      nodes: [],
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: null,
        endCursor: null,
      },
    })
    expect(calls).toEqual([`histories page=1 per_page=${rows}`])
  }
})
