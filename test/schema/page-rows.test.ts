import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { rowsOf } from './upstream-rows.ts'

const DAYS = 'createdOn: { from: "2026-09-01", to: "2026-09-30" }'
const STATISTICS = `{ remoteRecordStatistics(${DAYS}) { count byDay { count } } }`
const PAGE = `query ($after: String) {
  remoteRecords(first: 100, after: $after, filter: FILTER, ${DAYS}) {
    nodes { csId } pageInfo { hasNextPage endCursor }
  }
}`

interface Page {
  readonly remoteRecords: {
    readonly nodes: readonly { readonly csId: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  }
}

test.each([
  // As many as the API gives by default.
  { pageRows: 100, maxPerPage: 1000, calls: 8 },
  { pageRows: 500, maxPerPage: 1000, calls: 2 },
  // The operator was wrong: the first page shows it.
  { pageRows: 500, maxPerPage: 100, calls: 8 },
  { pageRows: 50, maxPerPage: 1000, calls: 15 },
])(
  'a month in pages of $pageRows, where $maxPerPage are given, takes $calls calls',
  async ({ pageRows, maxPerPage, calls }) => {
    await using gateway = await startGateway({ pageRows, maxPerPage, recordCount: 2050 })

    const answer = await gateway.ask(STATISTICS)

    const statistics = answer.data?.remoteRecordStatistics as {
      readonly count: number
      readonly byDay: readonly { readonly count: number }[]
    }
    expect(answer.errors).toBeUndefined()
    expect(statistics.byDay.reduce((sum, day) => sum + day.count, 0)).toBe(statistics.count)
    expect(statistics.count).toBe(719)
    expect(answer.calls).toHaveLength(calls)
  },
)

test.each([
  { pageRows: 300, maxPerPage: 1000, filter: '{}' },
  { pageRows: 300, maxPerPage: 1000, filter: '{ ratings: [BAD] }' },
  // The operator was wrong.
  { pageRows: 500, maxPerPage: 100, filter: '{}' },
  { pageRows: 500, maxPerPage: 100, filter: '{ ratings: [BAD] }' },
  { pageRows: 1000, maxPerPage: 10, filter: '{ ratings: [BAD] }' },
])(
  'a walk under $filter gives each record once, where $maxPerPage of $pageRows are given',
  async ({ pageRows, maxPerPage, filter }) => {
    await using gateway = await startGateway({ pageRows, maxPerPage, recordCount: 2050 })
    const csIds: string[] = []
    let after: string | undefined
    for (let isMore = true; isMore; ) {
      const { data } = await gateway.ask(PAGE.replace('FILTER', filter), { after })
      const { nodes, pageInfo } = (data as unknown as Page).remoteRecords
      csIds.push(...nodes.map(({ csId }) => csId))
      after = pageInfo.endCursor
      isMore = pageInfo.hasNextPage
    }
    const { emulator } = gateway
    const rows = await rowsOf(emulator, '&starttime=2026-09-01&endtime=2026-09-30')
    const wanted = rows.filter(({ commentScore }) => filter === '{}' || Number(commentScore) === 1)
    expect(csIds).toEqual(wanted.map(({ csId }) => String(csId)))
    expect(rows).toHaveLength(719)
  },
)
