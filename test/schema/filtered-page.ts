import { expect } from 'vitest'
import type { Gateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'
import { MONTH } from './month.ts'

export const BAD = { ratings: ['BAD'] }

export const PAGE = `query (
  $filter: RemoteRecordFilter, $days: DateRange, $order: RecordOrder! = NEWEST_FIRST
  $first: Int, $after: String, $last: Int, $before: String
) {
  remoteRecords(
    filter: $filter, createdOn: $days, order: $order
    first: $first, after: $after, last: $last, before: $before
  ) {
    nodes { csId }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    scan { recordsRead callsMade isComplete }
  }
}`

export async function ask(gateway: Gateway, variables: Readonly<Record<string, unknown>>) {
  const answer = await gateway.ask(PAGE, { filter: BAD, days: MONTH, ...variables })
  expect(answer.failures).toEqual([])
  const page = answer.data.remoteRecords
  return { ...answer, page, csIds: csIdsOf(page), info: page.pageInfo, scan: page.scan }
}
