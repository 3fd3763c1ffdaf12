import DataLoader from 'dataloader'

import type { ReadingOptions, Reads } from '../cache/reads.ts'
import type { PlaceHint } from '../history/cursor.ts'
import { ListInconclusiveError } from '../history/list-errors.ts'
import type { NumberedList } from '../history/lists/numbered-list.ts'
import type { Seen } from '../history/pages/list-page.ts'
import { UpstreamError } from '../upstream/errors.ts'
import type { DayRange } from '../upstream/remote-record.ts'
import { RemoteRecordResource } from '../upstream/remote-record.ts'
import type { AccountMemory } from './account-memory.ts'
import { dayBefore, type RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'

/** A record, with the list and the place in it where it was seen. */
export interface LocatedRecord {
  readonly resource: RemoteRecordResource
  readonly listKey: RecordListKey
  readonly place: PlaceHint
}

/** A record of which only the csId is known. */
export const referenceTo = (csId: number): LocatedRecord => ({
  resource: new RemoteRecordResource(csId, {}, () => undefined),
  listKey: { servicerId: undefined, createdOn: undefined },
  place: { index: 0, count: undefined, isRising: true, isSure: false },
})

/**
 * A record to find by its csId. The day on which it began is a hint that usually spares the search.
 */
interface RecordKey {
  readonly csId: number
  readonly day?: string | undefined
}

/**
 * Records by csId: null if it is proven that there is none. A record may be one that is held; that
 * there is none is never proven by anything older than the request.
 */
export function createRemoteRecordLoader(
  reads: Reads,
  lists: RemoteRecordLists,
  memory: AccountMemory,
): DataLoader<RecordKey, LocatedRecord | null, string> {
  const search = createSearch(key => lists.freshList(key), memory)

  async function searchHeld(keys: readonly RecordKey[], options: ReadingOptions) {
    if (!reads.isHolding || keys.length === 0) return new Map<RecordKey, LocatedRecord>()
    const held = new RemoteRecordLists(reads, memory, { ...options, isOnlyHeld: true })
    const outcomes = await createSearch(key => held.list(key), memory)(keys)
    return new Map(
      keys.flatMap((key, at) => {
        const outcome = outcomes[at]
        return outcome && !(outcome instanceof Error) ? [[key, outcome] as const] : []
      }),
    )
  }

  return new DataLoader(
    async keys => {
      const held = await searchHeld(keys, {})
      const others = keys.filter(key => !held.has(key))
      const outcomes = new Map<RecordKey, Outcome>(held)
      const searched = others.length > 0 ? await search(others) : []
      for (const [at, key] of others.entries()) outcomes.set(key, searched[at] ?? null)
      const failed = others.filter(key => isUpstreamFailure(outcomes.get(key)))
      const kept = await searchHeld(failed, { isUpstreamFailing: true })
      const given = keys.map(key => kept.get(key) ?? outcomes.get(key) ?? null)
      if (given.includes(null)) reads.noteAbsence()
      return given
    },
    { cacheKeyFn: ({ csId, day }) => `${csId}/${day ?? ''}` },
  )
}

/** A record, null if it is proven that there is none, or the reason why neither is known. */
type Outcome = LocatedRecord | Error | null

/** Looks for records in lists. The outcomes come in the order of the keys. */
function createSearch(
  listOf: (key: RecordListKey) => NumberedList<RemoteRecordResource>,
  memory: AccountMemory,
): (keys: readonly RecordKey[]) => Promise<Outcome[]> {
  const { landmarks, remoteRecords } = memory

  async function search(createdOn: DayRange | undefined, csIds: readonly number[]) {
    const key = { servicerId: undefined, createdOn }
    const list = listOf(key)
    const failures = await list.search(csIds, csId =>
      createdOn ? undefined : landmarks.estimate(csId, remoteRecords.isRising),
    )
    return (csId: number): Outcome => {
      if (failures.has(csId)) return asError(failures.get(csId))
      try {
        const seen = list.rowOf(csId)
        return seen ? locate(seen, key, list) : null
      } catch (error) {
        return asError(error)
      }
    }
  }

  /**
   * Records that are where the days of their keys should have them, and errors of days that failed.
   * That a record is not there proves nothing: the list goes by creation, and a service may begin
   * days later, or begin on another day by now.
   */
  async function findOnDays(keys: readonly RecordKey[]) {
    const found = new Map<RecordKey, Outcome>()
    const searches = [...Map.groupBy(keys, key => key.day)].map(async ([day, ofDay]) => {
      if (day === undefined) return
      const outcomeOf = await search(daysOf(day), csIdsOf(ofDay))
      for (const key of ofDay) {
        const outcome = outcomeOf(key.csId)
        const isOpen = outcome === null || outcome instanceof ListInconclusiveError
        if (!isOpen) found.set(key, outcome)
      }
    })
    await Promise.all(searches)
    return found
  }

  return async keys => {
    const found = await findOnDays(keys)
    const outcomeOf = await search(undefined, csIdsOf(keys.filter(key => !found.has(key))))
    return keys.map(key => found.get(key) ?? outcomeOf(key.csId))
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const isUpstreamFailure = (outcome: unknown) => outcome instanceof UpstreamError

const csIdsOf = (keys: readonly RecordKey[]) => [...new Set(keys.map(({ csId }) => csId))]

/** Where in the list a record is that began on a day. It may have been created before midnight. */
const daysOf = (day: string): DayRange => ({ from: dayBefore(day), to: day })

export const locate = (
  seen: Seen<RemoteRecordResource>,
  key: RecordListKey,
  list: NumberedList<RemoteRecordResource>,
): LocatedRecord => ({ resource: seen.row, listKey: key, place: list.hintOf(seen) })
