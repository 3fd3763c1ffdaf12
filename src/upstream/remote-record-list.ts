import { z } from 'zod'
import type { UpstreamSession } from './client.ts'
import type { EndpointName } from './endpoint.ts'
import type { OnOddity } from './oddity.ts'
import {
  type DayRange,
  emptyIfNotFound,
  type PageQuery,
  toDay,
  toPage,
  toPageQuery,
  type UpstreamPage,
} from './page.ts'
import { createShape, parseShape } from './shape.ts'
import { isWireObject, toId, type WireObject } from './wire.ts'

// Loose about each row: a record is never lost for the sake of one field.
const REMOTE_RECORD_LIST = createShape(
  z.object({
    remoterecords: z.array(z.unknown()),
    count: z.unknown().optional(),
    next_page: z.unknown().optional(),
  }),
)

export type ToRow<Row> = (csId: number, fields: WireObject, onOddity: OnOddity) => Row

/** One page of any of the three record lists; all are asked and answered in the same way. */
export async function getRemoteRecordList<Row>(
  session: UpstreamSession,
  { endpoint, path }: { readonly endpoint: EndpointName; readonly path: string },
  query: PageQuery,
  createdOn: DayRange | undefined,
  toRow: ToRow<Row>,
): Promise<UpstreamPage<Row>> {
  const { oddity } = session
  const days = { starttime: toDay(createdOn?.from), endtime: toDay(createdOn?.to) }
  const answer = session.get(endpoint, path, { ...days, ...toPageQuery(query) }, body => {
    const list = parseShape(REMOTE_RECORD_LIST, endpoint, body)
    return toPage(list.remoterecords, list, oddity, 'row-without-csid', row => {
      const csId = isWireObject(row) ? toId(row.csId) : undefined
      return isWireObject(row) && csId ? toRow(csId, row, oddity) : undefined
    })
  })
  // Who asks for the records of an agent that the upstream does not know asks for none.
  const mayBeMissing = query.page > 1 || endpoint === 'agent_histories'
  return mayBeMissing ? answer.catch(emptyIfNotFound) : answer
}
