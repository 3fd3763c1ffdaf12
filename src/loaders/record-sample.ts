import type { PlaceHint } from '../history/cursor.ts'
import { RemoteRecordResource } from '../upstream/remote-record.ts'
import { REMOTE_RECORD_STATUSES } from '../upstream/remote-record-enums.ts'
import type { LocatedRecord } from './remote-record.ts'
import type { RecordListKey } from './remote-record-lists.ts'

/**
 * What is kept of a record whose agent's name or whose options' labels may be asked for later: as
 * little as these are found by.
 */
export interface RecordSample {
  readonly csId: number
  readonly servicerId: number | null
  readonly hasChat: boolean | null
  readonly isOver: boolean
  readonly startedOn: string | null
  readonly problemTypeIds: readonly (number | null)[]
  readonly list: RecordListKey
  readonly place: PlaceHint
}

export const toSample = ({ resource, listKey, place }: LocatedRecord): RecordSample => ({
  csId: resource.csId,
  servicerId: resource.servicerId,
  hasChat: resource.hasChat,
  isOver: resource.isOver,
  startedOn: resource.startedOn,
  problemTypeIds: resource.problemTypeIds,
  list: listKey,
  place,
})

/** A record that says what was kept of it, and nothing else. */
export function locateSample(sample: RecordSample): LocatedRecord {
  const [ptId = null, ptChildId = null, ptThird = null] = sample.problemTypeIds
  const row = {
    csServicerId: sample.servicerId,
    ChatRecord: sample.hasChat === null ? null : Number(sample.hasChat),
    csStat: sample.isOver ? REMOTE_RECORD_STATUSES.indexOf('COMPLETED') : null,
    csBTime: sample.startedOn && `${sample.startedOn} 00:00:00`,
    ptId,
    ptChildId,
    ptThird,
  }
  const resource = new RemoteRecordResource(sample.csId, row, () => undefined)
  return { resource, listKey: sample.list, place: sample.place }
}
