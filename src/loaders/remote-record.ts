import DataLoader from 'dataloader'
import type { ReadingOptions, Reads } from '../cache/reads.ts'
import type { PlaceHint } from '../history/list-guess.ts'
import { ListInconclusiveError } from '../history/list-inconclusive.ts'
import type { Seen } from '../history/list-page.ts'
import type { Absence, NumberedList } from '../history/numbered-list.ts'
import type { UpstreamSession } from '../upstream/client.ts'
import { UpstreamError } from '../upstream/errors.ts'
import type { DayRange } from '../upstream/remote-record.ts'
import { RemoteRecordResource } from '../upstream/remote-record.ts'
import type { Knowledge } from './knowledge.ts'
import { dayBefore, type RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'
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

/** A record by its csId. The day on which it began is a hint: as a rule it spares the search for it. */
export interface RecordKey {
  readonly csId: number
  readonly day?: string | undefined
}

/**
 * Records by csId: null where it is proven that there is none. A record may be one that is held; that
 * there is none is never proven by anything older than the request.
 */
export function createRemoteRecordLoader(
  reads: Reads,
  lists: RemoteRecordLists,
  knowledge: Knowledge,
): DataLoader<RecordKey, LocatedRecord | null, string> {
  const search = createSearch(
    reads.open({ notBeforeMs: reads.beganAtMs }),
    key => lists.freshList(key),
    knowledge,
  )

  async function searchHeld(keys: readonly RecordKey[], options: ReadingOptions) {
    if (!reads.isHolding || keys.length === 0) return new Map<RecordKey, LocatedRecord>()
    const held = new RemoteRecordLists(reads, knowledge, { ...options, isOnlyHeld: true })
    const outcomes = await createSearch(
      reads.open({ isOnlyHeld: true }),
      key => held.list(key),
      knowledge,
    )(keys)
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

/** A record; null if it is proven that there is none; or why neither is known. */
type Outcome = LocatedRecord | Error | null

/** Looks for records in lists, and says what came of it in the order of their keys. */
function createSearch(
  chats: UpstreamSession,
  listOf: (key: RecordListKey) => NumberedList<RemoteRecordResource>,
  knowledge: Knowledge,
): (keys: readonly RecordKey[]) => Promise<Outcome[]> {
  const { landmarks, remoteRecords } = knowledge
  const secondLook = createSecondLook(chats, knowledge)

  const reckon = (csId: number) =>
    remoteRecords.rising === undefined ? undefined : landmarks.reckon(csId, remoteRecords.rising)

  async function search(createdOn: DayRange | undefined, csIds: readonly number[]) {
    const key = { servicerId: undefined, createdOn }
    const list = listOf(key)
    const failures = await list.search(csIds, csId => (createdOn ? undefined : reckon(csId)))
    return (csId: number): LocatedRecord | Absence | Error => {
      if (failures.has(csId)) return asError(failures.get(csId))
      const [seen] = list.rowsAt(csId)
      return seen ? locate(seen, key, list) : list.absenceOf(csId)
    }
  }

  /** What the list says, and where it proves nothing what the record's chat says. */
  async function settle(csId: number, told: LocatedRecord | Absence | Error) {
    if (typeof told === 'object') return told
    if (told === 'proven') return null
    const evidence = await secondLook(csId)
    if (evidence.tells === 'day') return findOnDay(csId, evidence.day)
    if (evidence.tells !== 'presence' && told === 'if sorted') return null
    throw inconclusive(csId, { isRetryable: told === 'open' })
  }

  /** The chat began on the day of its record, or on the next. */
  async function findOnDay(csId: number, day: string) {
    const toldOf = await search(daysOf(day), [csId])
    const told = toldOf(csId)
    if (typeof told === 'object') return told
    throw inconclusive(csId, { isRetryable: false })
  }

  /**
   * Records that are where the days of their keys should have them, and errors of days that failed.
   * That a record is not there proves nothing: the list goes by creation, and a service may begin
   * days later, or begin on another day by now.
   */
  async function findOnDays(keys: readonly RecordKey[]) {
    const found = new Map<RecordKey, LocatedRecord | Error>()
    const searches = [...Map.groupBy(keys, key => key.day)].map(async ([day, ofDay]) => {
      if (day === undefined) return
      const toldOf = await search(daysOf(day), csIdsOf(ofDay))
      for (const key of ofDay) {
        const told = toldOf(key.csId)
        const isOpen = typeof told === 'string' || told instanceof ListInconclusiveError
        if (!isOpen) found.set(key, told)
      }
    })
    await Promise.all(searches)
    return found
  }

  return async keys => {
    const found = await findOnDays(keys)
    const toldOf = await search(undefined, csIdsOf(keys.filter(key => !found.has(key))))
    const outcomeOf = async ({ csId }: RecordKey) => settle(csId, toldOf(csId))
    return Promise.all(
      keys.map(key => found.get(key) ?? outcomeOf(key).catch((error: Error) => error)),
    )
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const isUpstreamFailure = (outcome: unknown) => outcome instanceof UpstreamError

const csIdsOf = (keys: readonly RecordKey[]) => [...new Set(keys.map(({ csId }) => csId))]

/** Where the list has a record that began on a day: it may have been created before midnight. */
const daysOf = (day: string): DayRange => ({ from: dayBefore(day), to: day })

const inconclusive = (csId: number, { isRetryable }: { readonly isRetryable: boolean }) =>
  new ListInconclusiveError(
    `Record ${csId} is not where its list should have it; it may be elsewhere in it.`,
    { isRetryable },
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
