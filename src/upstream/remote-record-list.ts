import type { UpstreamSession } from './client.ts'
import { type DayRange, isOutside, toDay } from './days.ts'
import type { EndpointName } from './endpoint.ts'
import type { OnOddity } from './oddity.ts'
import { toPage, type UpstreamPage } from './page.ts'
import { getRawPage, type PageQuery } from './wire/raw-page.ts'
import { isWireObject, toId, type WireObject } from './wire/wire.ts'

export type ToRow<Row> = (csId: number, fields: WireObject, onOddity: OnOddity) => Row

interface RemoteRecordListCall {
  readonly endpoint: EndpointName
  readonly path: string
  /** Whose records are asked for; undefined for everybody's. */
  readonly servicerId?: number
}

/** One page of any of the three record lists; all are asked and answered in the same way. */
export async function getRemoteRecordList<Row>(
  session: UpstreamSession,
  { endpoint, path, servicerId }: RemoteRecordListCall,
  at: PageQuery,
  createdOn: DayRange | undefined,
  toRow: ToRow<Row>,
): Promise<UpstreamPage<Row>> {
  const oddity = session.oddity(endpoint)
  const call = {
    endpoint,
    path,
    days: { starttime: toDay(createdOn?.from), endtime: toDay(createdOn?.to) },
    rowsIn: ({ remoterecords }: WireObject) => remoterecords,
    otherThanAsked(rows: readonly unknown[]) {
      if (rows.some(row => isOfAnother(servicerId, row))) return 'id'
      return areBefore(createdOn, rows) ? 'days' : undefined
    },
    // Who asks for the records of an agent that the upstream does not know asks for none.
    mayBeMissing: servicerId !== undefined,
  }
  const raw = await getRawPage(session, call, at)
  const page = toPage(raw, oddity, 'row-without-csid', row => {
    const csId = isWireObject(row) ? toId(row.csId) : undefined
    return isWireObject(row) && csId ? toRow(csId, row, oddity) : undefined
  })
  const hasOtherDays = createdOn !== undefined && raw.rows.some(row => beganOutside(createdOn, row))
  return hasOtherDays ? { ...page, hasOtherDays } : page
}

function isOfAnother(servicerId: number | undefined, row: unknown): boolean {
  if (servicerId === undefined || !isWireObject(row)) return false
  return (toId(row.csServicerId) ?? servicerId) !== servicerId
}

/**
 * Whether most rows, and several, began before the first of the days. A record begins after its creation,
 * if maybe days later: so a late beginning proves nothing, and one row alone may have an odd one.
 */
function areBefore(createdOn: DayRange | undefined, rows: readonly unknown[]): boolean {
  const { from } = createdOn ?? {}
  if (from === undefined) return false
  const early = rows.filter(row => beganOutside({ from }, row)).length
  return early > 1 && 2 * early > rows.length
}

const beganOutside = (days: DayRange, row: unknown): boolean =>
  isWireObject(row) && isOutside(days, row.csBTime)
