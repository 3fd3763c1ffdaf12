import DataLoader from 'dataloader'
import type { PlaceHint } from '../history/list-guess.ts'
import { ListInconclusiveError } from '../history/list-inconclusive.ts'
import type { Seen } from '../history/list-page.ts'
import type { Absence, NumberedList } from '../history/numbered-list.ts'
import type { UpstreamSession } from '../upstream/client.ts'
import type { DayRange } from '../upstream/remote-record.ts'
import { RemoteRecordResource } from '../upstream/remote-record.ts'
import type { Knowledge } from './knowledge.ts'
import type { RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'
import { dayBefore } from './remote-record-lists.ts'
import { createSecondLook } from './second-look.ts'

/** A record, with the list and the place in it where it was seen. */
export interface LocatedRecord {
  readonly resource: RemoteRecordResource
  readonly listKey: RecordListKey
  readonly place: PlaceHint
}

/** A record of which nothing is known but its csId. */
export const referenceTo = (csId: number): LocatedRecord => ({
  resource: new RemoteRecordResource(csId, {}, () => undefined),
  listKey: { servicerId: undefined, createdOn: undefined },
  place: { index: 0, count: undefined, rising: true, isReckoned: true },
})

/** A record by its csId; who knows its day as well spares the search for it. */
export interface RecordKey {
  readonly csId: number
  readonly day?: string | undefined
}

/** Records by csId: null where it is proven that there is none. */
export function createRemoteRecordLoader(
  session: UpstreamSession,
  lists: RemoteRecordLists,
  knowledge: Knowledge,
): DataLoader<RecordKey, LocatedRecord | null, string> {
  const { landmarks, remoteRecords } = knowledge
  const secondLook = createSecondLook(session, knowledge)

  const reckon = (csId: number) =>
    remoteRecords.rising === undefined ? undefined : landmarks.reckon(csId, remoteRecords.rising)

  async function search(createdOn: DayRange | undefined, csIds: readonly number[]) {
    const key = { servicerId: undefined, createdOn }
    const list = lists.list(key)
    const failures = await list.search(csIds, csId => (createdOn ? undefined : reckon(csId)))
    return (csId: number): LocatedRecord | Absence => {
      if (failures.has(csId)) throw failures.get(csId)
      const [seen] = list.rowsAt(csId)
      return seen ? locate(seen, key, list) : list.absenceOf(csId)
    }
  }

  /** What the list says, and where it proves nothing what the record's chat says. */
  async function settle(csId: number, told: LocatedRecord | Absence) {
    if (typeof told === 'object') return told
    if (told === 'proven') return null
    const evidence = await secondLook(csId)
    if (evidence.tells === 'day') return findOnDay(csId, evidence.day)
    if (evidence.tells !== 'presence' && told === 'if sorted') return null
    throw inconclusive(csId)
  }

  /** The chat began on the day of its record, or on the next. */
  async function findOnDay(csId: number, day: string) {
    const toldOf = await search(daysOf(day), [csId])
    const told = toldOf(csId)
    if (typeof told === 'object') return told
    throw inconclusive(csId)
  }

  return new DataLoader(
    async keys => {
      const searches = new Map<string | undefined, ReturnType<typeof search>>()
      for (const [day, ofDay] of Map.groupBy(keys, key => key.day)) {
        const csIds = ofDay.map(({ csId }) => csId)
        searches.set(day, search(day === undefined ? undefined : daysOf(day), csIds))
      }
      return Promise.all(
        keys.map(async ({ csId, day }) => {
          try {
            const toldOf = await searches.get(day)
            const record = toldOf ? await settle(csId, toldOf(csId)) : null
            return record && isOn(day, record) ? record : null
          } catch (error) {
            return error as Error
          }
        }),
      )
    },
    { cacheKeyFn: ({ csId, day }) => `${csId}/${day ?? ''}` },
  )
}

/** Where the list has a record that began on a day: it goes by creation, before midnight maybe. */
const daysOf = (day: string): DayRange => ({ from: dayBefore(day), to: day })

/** An id with another day than its record's is none of this graph. */
const isOn = (day: string | undefined, { resource }: LocatedRecord) =>
  day === undefined || day === resource.startedOn

const inconclusive = (csId: number) =>
  new ListInconclusiveError(
    `Record ${csId} is not where its list should have it; it may be elsewhere in it.`,
  )

export const locate = (
  { row, index, page }: Seen<RemoteRecordResource>,
  key: RecordListKey,
  { isRising }: NumberedList<RemoteRecordResource>,
): LocatedRecord => ({
  resource: row,
  listKey: key,
  place: { index, count: page.count, rising: isRising },
})
