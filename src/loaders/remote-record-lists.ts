import type { Reading, ReadingOptions, Reads } from '../cache/reads.ts'
import { ListInconclusiveError } from '../history/list-errors.ts'
import { NumberedList } from '../history/lists/numbered-list.ts'
import type { NumberedListSource } from '../history/lists/numbered-list-source.ts'
import type { PageNumber } from '../history/pages/page-number.ts'
import type { DaySource } from '../history/search/day-search.ts'
import type { ListTraits } from '../history/traits/list-traits.ts'
import { LONG_AGO } from '../upstream/days.ts'
import type { EndpointName } from '../upstream/endpoint.ts'
import { isNoSuchPage, UpstreamRejectedError } from '../upstream/errors.ts'
import type {
  DayRange,
  LabelledRemoteRecord,
  RemoteRecordResource,
  UpstreamPage,
} from '../upstream/remote-record.ts'
import {
  listAgentRemoteRecords,
  listLabelledRemoteRecords,
  listRemoteRecords,
} from '../upstream/remote-record.ts'
import type { AccountMemory } from './account-memory.ts'

/** A list of records: of all agents or of one, of all days or of some. */
export interface RecordListKey {
  readonly servicerId: number | undefined
  readonly createdOn: DayRange | undefined
}

export const recordListName = ({ servicerId, createdOn }: RecordListKey) =>
  `${servicerId ?? ''}/${createdOn?.from ?? ''}/${createdOn?.to ?? ''}`

export const endpointOf = ({ servicerId }: RecordListKey) =>
  servicerId === undefined ? 'histories' : 'agent_histories'

/** A day of the calendar as a number, and back. */
export const DAY_MS = 86_400_000
const toDayNumber = (day: string | null) => (day === null ? undefined : Date.parse(day) / DAY_MS)
const toDay = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10)

export const dayBefore = (day: string) => toDay(Date.parse(day) / DAY_MS - 1)

interface ReadList {
  readonly list: NumberedList<RemoteRecordResource>
  readonly reading: Reading
}

/**
 * The lists of records as one request reads them. Each is read once, however many fields need it.
 */
export class RemoteRecordLists {
  readonly #reads: Reads
  readonly #memory: AccountMemory
  readonly #options: ReadingOptions
  readonly #lists = new Map<string, ReadList>()
  #freshLists: RemoteRecordLists | undefined
  readonly #labelledLists = new Map<string, NumberedList<LabelledRemoteRecord>>()

  constructor(reads: Reads, memory: AccountMemory, options: ReadingOptions = {}) {
    this.#reads = reads
    this.#memory = memory
    this.#options = options
  }

  /** Records with the ids of their problem types. */
  list(key: RecordListKey): NumberedList<RemoteRecordResource> {
    return this.#read(key).list
  }

  /**
   * The same list, but nothing of it is older than the request: what is not in it was not there when
   * the request came. Shares the pages of the other, unless one of them is older.
   */
  freshList(key: RecordListKey): NumberedList<RemoteRecordResource> {
    const { list, reading } = this.#read(key)
    if (reading.keepFresh()) return list
    this.#freshLists ??= this.#since(this.#reads.beganAtMs)
    return this.#freshLists.list(key)
  }

  #read(key: RecordListKey): ReadList {
    return once(this.#lists, recordListName(key), () => {
      const reading = this.#reads.open(this.#options)
      const { servicerId, createdOn } = key
      const list =
        servicerId === undefined
          ? this.#allRecords(reading, createdOn)
          : this.#agentRecords(reading, key)
      return { list, reading }
    })
  }

  /** Records with the labels of their problem types, which the upstream lists apart. */
  labelledList(createdOn?: DayRange): NumberedList<LabelledRemoteRecord> {
    const name = recordListName({ servicerId: undefined, createdOn })
    return once(this.#labelledLists, name, () => {
      // What was learnt of the second list is remembered. A row that was not learnt must be seen
      // beside the records of the same time.
      const reading = this.#reads.open({ ...this.#options, notBeforeMs: this.#reads.beganAtMs })
      return createList(
        {
          fetchPage: this.#fetchOf(
            'histories_v2',
            { servicerId: undefined, createdOn },
            (at, days) => listLabelledRemoteRecords(reading, at, days),
          ),
          isLong: !createdOn,
        },
        this.#memory.labelledRemoteRecords,
      )
    })
  }

  /**
   * The same lists, of which nothing has been read yet. They give nothing older than what was read
   * before.
   */
  anew(): RemoteRecordLists {
    return this.#since(this.#reads.newestMs)
  }

  #since(notBeforeMs: number): RemoteRecordLists {
    return new RemoteRecordLists(this.#reads, this.#memory, { ...this.#options, notBeforeMs })
  }

  #allRecords(
    reading: Reading,
    createdOn: DayRange | undefined,
  ): NumberedList<RemoteRecordResource> {
    const { landmarks, listLengths, remoteRecords } = this.#memory
    const key = { servicerId: undefined, createdOn }
    const source = {
      fetchPage: this.#fetchOf('histories', key, (at, days) =>
        listRemoteRecords(reading, at, days),
      ),
      memory: listLengths.of(recordListName(key)),
      isAskedAhead: this.#options.isAskedAhead,
    }
    if (createdOn) return createList(source, remoteRecords)
    const learn: RecordSource['learn'] = (page, isRising) => landmarks.learn(page, isRising)
    return createList({ ...source, learn, days: daysOf(reading), isLong: true }, remoteRecords)
  }

  #agentRecords(reading: Reading, key: RecordListKey): NumberedList<RemoteRecordResource> {
    const { servicerId = 0 } = key
    const { listLengths, agentRemoteRecords } = this.#memory
    return createList(
      {
        fetchPage: this.#fetchOf('agent_histories', key, (at, days) =>
          listAgentRemoteRecords(reading, servicerId, at, days),
        ),
        memory: listLengths.of(recordListName(key)),
        isAskedAhead: this.#options.isAskedAhead,
      },
      agentRemoteRecords,
    )
  }

  /** If a page may be one of all days, it is proven first that the upstream looks at days. */
  #fetchOf<Row>(
    endpoint: EndpointName,
    { servicerId, createdOn }: RecordListKey,
    fetch: Fetch<Row>,
  ) {
    const { heardDays, listLengths } = this.#memory
    const nameOfAll = recordListName({ servicerId, createdOn: undefined })
    return async (at: PageNumber) => {
      const page = await fetch(at, createdOn)
      const { count = 0, hasOtherDays = false } = page
      const isAll =
        createdOn !== undefined && count > 0 && count >= (listLengths.get(nameOfAll) ?? Infinity)
      if (hasOtherDays || isAll)
        await heardDays.prove(endpoint, () => fetch({ page: 1, perPage: 1 }, LONG_AGO))
      return page
    }
  }
}

const daysOf = (reading: Reading): DaySource<RemoteRecordResource> => ({
  dayOf: ({ startedOn }) => toDayNumber(startedOn),
  fetchFirstOn: (number, rising) => {
    const createdOn = rising ? { from: toDay(number) } : { to: toDay(number) }
    return listRemoteRecords(reading, { page: 1, perPage: 1 }, createdOn)
  },
})

type Fetch<Row> = (at: PageNumber, createdOn: DayRange | undefined) => Promise<UpstreamPage<Row>>

type RecordSource = NumberedListSource<RemoteRecordResource>

const createList = <Row extends { readonly csId: number }>(
  source: Omit<NumberedListSource<Row>, 'keyOf'>,
  traits: ListTraits,
): NumberedList<Row> =>
  new NumberedList(
    {
      ...source,
      keyOf: row => row.csId,
      fetchPage: at => source.fetchPage(at).catch(error => refusePage(at, error)),
      isRefusal: error => isNoSuchPage(error) || error instanceof ListInconclusiveError,
    },
    traits,
  )

/**
 * Some upstreams refuse pages that are far from the start of a list. Then only a shorter list can
 * be read.
 */
function refusePage({ page, perPage }: PageNumber, error: unknown): never {
  if (page === 1 || !(error instanceof UpstreamRejectedError)) throw error
  throw new ListInconclusiveError(
    `The upstream refuses pages as far from the list's start as row ${(page - 1) * perPage + 1}. Narrow the days.`,
    { isRetryable: false },
  )
}

function once<Value>(map: Map<string, Value>, name: string, create: () => Value): Value {
  const existing = map.get(name)
  if (existing !== undefined) return existing
  const created = create()
  map.set(name, created)
  return created
}
