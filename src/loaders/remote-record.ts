import DataLoader from 'dataloader'
import type { PlaceHint } from '../history/list-guess.ts'
import type { Seen } from '../history/list-page.ts'
import type { NumberedList } from '../history/numbered-list.ts'
import { RemoteRecordResource } from '../upstream/remote-record.ts'
import type { Knowledge } from './knowledge.ts'
import type { RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'

/** A record, with the list and the place in it where it was seen. */
export interface LocatedRecord {
  readonly resource: RemoteRecordResource
  readonly list: RecordListKey
  readonly place: PlaceHint
}

/** A record of which nothing is known but its csId. */
export const referenceTo = (csId: number): LocatedRecord => ({
  resource: new RemoteRecordResource(csId, {}, () => undefined),
  list: { servicerId: undefined, startedOn: undefined },
  place: { index: 0, count: undefined, rising: true, isReckoned: true },
})

/** A record by its csId; who knows its day as well spares the search for it. */
export interface RecordKey {
  readonly csId: number
  readonly day?: string | undefined
}

/** Records by csId: null where it is proven that there is none. */
export function createRemoteRecordLoader(
  lists: RemoteRecordLists,
  { landmarks, remoteRecords }: Knowledge,
): DataLoader<RecordKey, LocatedRecord | null, string> {
  const reckon = (csId: number) =>
    remoteRecords.rising === undefined ? undefined : landmarks.reckon(csId, remoteRecords.rising)

  async function findOn(day: string | undefined, csIds: readonly number[]) {
    const startedOn = day === undefined ? undefined : { from: day, to: day }
    const key = { servicerId: undefined, startedOn }
    const list = lists.list(key)
    const failures = await list.search(csIds, csId => (startedOn ? undefined : reckon(csId)))
    return (csId: number): LocatedRecord | null => {
      if (failures.has(csId)) throw failures.get(csId)
      const [seen] = list.rowsAt(csId)
      return seen ? locate(seen, key, list) : null
    }
  }

  return new DataLoader(
    async keys => {
      const found = new Map<string | undefined, ReturnType<typeof findOn>>()
      for (const [day, ofDay] of Map.groupBy(keys, key => key.day)) {
        found.set(
          day,
          findOn(
            day,
            ofDay.map(({ csId }) => csId),
          ),
        )
      }
      return Promise.all(
        keys.map(async ({ csId, day }) => {
          try {
            return (await found.get(day))?.(csId) ?? null
          } catch (error) {
            return error as Error
          }
        }),
      )
    },
    { cacheKeyFn: ({ csId, day }) => `${csId}/${day ?? ''}` },
  )
}

export const locate = (
  { row, index, page }: Seen<RemoteRecordResource>,
  key: RecordListKey,
  { isRising }: NumberedList<RemoteRecordResource>,
): LocatedRecord => ({
  resource: row,
  list: key,
  place: { index, count: page.count, rising: isRising },
})
