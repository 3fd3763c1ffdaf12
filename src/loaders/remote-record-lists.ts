import type { DaySource } from '../history/day-search.ts'
import type { ListTraits } from '../history/list-page.ts'
import type { ListMemory, NumberedListSource } from '../history/list-source.ts'
import { NumberedList } from '../history/numbered-list.ts'
import type { PageNumber } from '../history/page-window.ts'
import type { UpstreamSession } from '../upstream/client.ts'
import type {
  DayRange,
  LabelledRemoteRecord,
  RemoteRecordResource,
} from '../upstream/remote-record.ts'
import {
  listAgentRemoteRecords,
  listLabelledRemoteRecords,
  listRemoteRecords,
} from '../upstream/remote-record.ts'
import type { Knowledge } from './knowledge.ts'

/** Which list of records: all or one agent's, of all days or some. */
export interface RecordListKey {
  readonly servicerId: number | undefined
  readonly createdOn: DayRange | undefined
}

export const recordListName = ({ servicerId, createdOn }: RecordListKey) =>
  `${servicerId ?? ''}/${createdOn?.from ?? ''}/${createdOn?.to ?? ''}`

/** A day of the calendar as a number, and back. */
export const DAY_MS = 86_400_000
const toDayNumber = (day: string | null) => (day === null ? undefined : Date.parse(day) / DAY_MS)
const toDay = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10)

export const dayBefore = (day: string) => toDay(Date.parse(day) / DAY_MS - 1)

/** The lists of records as one request reads them: each is read once, however many fields ask. */
export class RemoteRecordLists {
  readonly #session: UpstreamSession
  readonly #knowledge: Knowledge
  readonly #lists = new Map<string, NumberedList<RemoteRecordResource>>()
  readonly #labelledLists = new Map<string, NumberedList<LabelledRemoteRecord>>()

  constructor(session: UpstreamSession, knowledge: Knowledge) {
    this.#session = session
    this.#knowledge = knowledge
  }

  /** Records with the ids of their problem types. */
  list(key: RecordListKey): NumberedList<RemoteRecordResource> {
    return once(this.#lists, recordListName(key), () =>
      key.servicerId === undefined ? this.#allRecords(key.createdOn) : this.#agentRecords(key),
    )
  }

  /** Records with the labels of their problem types, which the upstream lists apart. */
  labelledList(createdOn?: DayRange): NumberedList<LabelledRemoteRecord> {
    const name = recordListName({ servicerId: undefined, createdOn })
    return once(this.#labelledLists, name, () =>
      createList(
        { fetchPage: at => listLabelledRemoteRecords(this.#session, at, createdOn) },
        this.#knowledge.labelledRemoteRecords,
      ),
    )
  }

  /** The same lists, of which nothing is read yet. */
  anew(): RemoteRecordLists {
    return new RemoteRecordLists(this.#session, this.#knowledge)
  }

  #allRecords(createdOn: DayRange | undefined): NumberedList<RemoteRecordResource> {
    const { landmarks, remoteRecords } = this.#knowledge
    const source = {
      fetchPage: (at: PageNumber) => listRemoteRecords(this.#session, at, createdOn),
      timeOf,
      memory: this.#memoryOf({ servicerId: undefined, createdOn }),
    }
    if (createdOn) return createList(source, remoteRecords)
    const learn: RecordSource['learn'] = (rows, rising) => landmarks.learn(rows, rising)
    return createList({ ...source, learn, days: this.#days }, remoteRecords)
  }

  #agentRecords(key: RecordListKey): NumberedList<RemoteRecordResource> {
    const { servicerId = 0, createdOn } = key
    return createList(
      {
        fetchPage: at => listAgentRemoteRecords(this.#session, servicerId, at, createdOn),
        memory: this.#memoryOf(key),
      },
      this.#knowledge.agentRemoteRecords,
    )
  }

  readonly #days: DaySource<RemoteRecordResource> = {
    dayOf: ({ startedOn }) => toDayNumber(startedOn),
    fetchFirstOn: (number, rising) => {
      const createdOn = rising ? { from: toDay(number) } : { to: toDay(number) }
      return listRemoteRecords(this.#session, { page: 1, perPage: 1 }, createdOn)
    },
  }

  #memoryOf(key: RecordListKey): ListMemory {
    const { unsortedLists } = this.#knowledge
    const name = recordListName(key)
    return {
      isUnsorted: () => unsortedLists.has(name),
      noteUnsorted: () => unsortedLists.add(name),
    }
  }
}

type RecordSource = NumberedListSource<RemoteRecordResource>

const timeOf = ({ startedAt }: RemoteRecordResource) => startedAt

const createList = <Row extends { readonly csId: number }>(
  source: Omit<NumberedListSource<Row>, 'keyOf' | 'hasUniqueKeys'>,
  traits: ListTraits,
): NumberedList<Row> =>
  new NumberedList({ ...source, keyOf: row => row.csId, hasUniqueKeys: true }, traits)

function once<Value>(map: Map<string, Value>, name: string, create: () => Value): Value {
  const existing = map.get(name)
  if (existing !== undefined) return existing
  const created = create()
  map.set(name, created)
  return created
}
