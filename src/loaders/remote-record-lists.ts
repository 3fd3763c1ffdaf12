import type { ListTraits } from '../history/list-page.ts'
import type { NumberedListSource } from '../history/numbered-list.ts'
import { NumberedList } from '../history/numbered-list.ts'
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
  readonly startedOn: DayRange | undefined
}

export const recordListName = ({ servicerId, startedOn }: RecordListKey) =>
  `${servicerId ?? ''}/${startedOn?.from ?? ''}/${startedOn?.to ?? ''}`

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
      key.servicerId === undefined ? this.#allRecords(key.startedOn) : this.#agentRecords(key),
    )
  }

  /** Records with the labels of their problem types, which the upstream lists apart. */
  labelledList(startedOn: DayRange | undefined): NumberedList<LabelledRemoteRecord> {
    const name = recordListName({ servicerId: undefined, startedOn })
    return once(this.#labelledLists, name, () =>
      createList(
        at => listLabelledRemoteRecords(this.#session, at, startedOn),
        this.#knowledge.labelledRemoteRecords,
      ),
    )
  }

  /** Has the second list read anew. */
  forgetLabelledList(startedOn: DayRange | undefined): void {
    this.#labelledLists.delete(recordListName({ servicerId: undefined, startedOn }))
  }

  #allRecords(startedOn: DayRange | undefined): NumberedList<RemoteRecordResource> {
    const { landmarks, remoteRecords } = this.#knowledge
    return createList(
      at => listRemoteRecords(this.#session, at, startedOn),
      remoteRecords,
      (rows, rising) => {
        if (!startedOn) landmarks.learn(rows, rising)
      },
    )
  }

  #agentRecords({ servicerId = 0, startedOn }: RecordListKey): NumberedList<RemoteRecordResource> {
    return createList(
      at => listAgentRemoteRecords(this.#session, servicerId, at, startedOn),
      this.#knowledge.agentRemoteRecords,
    )
  }
}

function createList<Row extends { readonly csId: number }>(
  fetchPage: NumberedListSource<Row>['fetchPage'],
  traits: ListTraits,
  learn: NonNullable<NumberedListSource<Row>['learn']> = () => undefined,
): NumberedList<Row> {
  return new NumberedList({ fetchPage, keyOf: row => row.csId, hasUniqueKeys: true, learn }, traits)
}

function once<Value>(map: Map<string, Value>, name: string, create: () => Value): Value {
  const existing = map.get(name)
  if (existing !== undefined) return existing
  const created = create()
  map.set(name, created)
  return created
}
