import type { RecordCursor } from '../history/cursor.ts'
import type { Towards } from '../history/lists/numbered-list.ts'
import { sliceRecords } from '../history/lists/record-slice.ts'
import type { Edge, Slice, SliceWish } from '../history/slice.ts'
import type { RemoteRecordResource } from '../upstream/remote-record.ts'
import type { ConnectionLoader } from './connection.ts'
import { createConnectionLoader } from './connection.ts'
import type { LocatedRecord } from './remote-record.ts'
import { locate } from './remote-record.ts'
import type { RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'
import { recordListName } from './remote-record-lists.ts'

export interface RecordWish extends SliceWish<RecordCursor> {
  /** -1: newest first; 1: oldest first. */
  readonly order: Towards
}

export interface RecordSlice extends Omit<Slice<RemoteRecordResource>, 'edges'> {
  readonly edges: readonly { readonly cursor: string; readonly node: LocatedRecord }[]
}

export type RemoteRecordConnectionLoader = ConnectionLoader<RecordListKey, RecordWish, RecordSlice>

/** A class instead of an object literal, because one is made for each record of each answer. */
export class LocatedEdge {
  readonly node: LocatedRecord
  readonly #edge: Edge<RemoteRecordResource>

  constructor(edge: Edge<RemoteRecordResource>, node: LocatedRecord) {
    this.#edge = edge
    this.node = node
  }

  get cursor(): string {
    return this.#edge.cursor
  }
}

/** Parts and lengths of lists of records. */
export function createRemoteRecordConnectionLoader(
  lists: RemoteRecordLists,
): RemoteRecordConnectionLoader {
  return createConnectionLoader({
    nameOf: recordListName,
    count: key => lists.list(key).count(),
    async slice(key, wish) {
      const list = lists.list(key)
      const { edges, hasNext, hasPrevious } = await sliceRecords(list, wish.order, wish)
      const located = edges.map(edge => new LocatedEdge(edge, locate(edge.row, key, list)))
      return { edges: located, hasNext, hasPrevious }
    },
  })
}
