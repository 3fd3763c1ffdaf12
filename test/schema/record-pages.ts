import type { Gateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'

export const PAGE = `query (
  $first: Int, $after: String, $last: Int, $before: String
  $createdOn: DateRange, $order: RecordOrder! = NEWEST_FIRST
) {
  remoteRecords(
    first: $first, after: $after, last: $last, before: $before
    createdOn: $createdOn, order: $order
  ) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { csId } }
    nodes { csId }
  }
}`

export async function ask(gateway: Gateway, variables: Readonly<Record<string, unknown>>) {
  const { data, failures, calls } = await gateway.ask(PAGE, variables)
  if (failures.length > 0) throw new Error(failures.join())
  const page = data.remoteRecords
  return { page, csIds: csIdsOf(page), calls, info: page.pageInfo }
}
