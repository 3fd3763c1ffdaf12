import type { Query } from '../../src/upstream/client.ts'
import { UpstreamNotFoundError } from '../../src/upstream/errors.ts'
import { type Change, MovingList, type MovingListOptions } from '../history/lists/moving-list.ts'
import { VirtualUpstream } from './virtual-upstream.ts'

interface MovingUpstreamOptions {
  readonly list: MovingListOptions
  /** How long each call takes, in turn. */
  readonly callMs: readonly number[]
}

/** Which records there were from a moment on. */
interface Moment {
  readonly atMs: number
  readonly keys: ReadonlySet<number>
}

const RECORDS_OF_A_DAY = 40
const DAY_MS = 86_400_000

/** A list of records that changes with each call and in between. Remembers which there were when. */
export class MovingUpstream {
  readonly upstream: VirtualUpstream
  readonly #moving: MovingList
  readonly #moments: Moment[] = []

  constructor({ list, callMs }: MovingUpstreamOptions) {
    this.#moving = new MovingList(list)
    this.upstream = new VirtualUpstream(callMs, (path, query) =>
      path.includes('chatrecords') ? this.#chatOf(path) : this.#pageOf(query),
    )
    this.#note()
  }

  change(changes: readonly Change[]): void {
    this.upstream.tick()
    this.#moving.change(changes)
    this.#note()
  }

  /** Whether a record was there at each moment since one. */
  wasThereSince(atMs: number, key: number): boolean {
    const first = this.#moments.findLastIndex(moment => moment.atMs <= atMs)
    return this.#moments.slice(Math.max(0, first)).every(({ keys }) => keys.has(key))
  }

  wasEverThere(key: number): boolean {
    return this.#moments.some(({ keys }) => keys.has(key))
  }

  get everyKey(): ReadonlySet<number> {
    return new Set(this.#moments.flatMap(({ keys }) => [...keys]))
  }

  async #pageOf({ page, per_page: perPage, starttime, endtime }: Query) {
    const at = { page: Number(page), perPage: Number(perPage) }
    const fetched = this.#moving.fetchPage(at)
    // Another call may change the list before this page is there.
    this.#note()
    const whole = await fetched
    if (starttime === undefined && endtime === undefined) {
      const { rows, count, hasNext } = whole
      return { remoterecords: rows.map(toRow), count, next_page: hasNext ? 'next' : null }
    }
    const ofDays = this.#moving.listed.filter(key => {
      const day = toRow(key).csBTime.slice(0, 10)
      return day >= String(starttime ?? '') && day <= String(endtime ?? '9999')
    })
    const rows = ofDays.slice((at.page - 1) * at.perPage, at.page * at.perPage)
    const hasNext = at.page * at.perPage < ofDays.length
    return { remoterecords: rows.map(toRow), count: ofDays.length, next_page: hasNext ? 'n' : null }
  }

  #chatOf(path: string) {
    const csId = Number(/(\d+)\.json$/.exec(path)?.[1])
    if (!this.#moving.listed.includes(csId)) throw new UpstreamNotFoundError('not found')
    const contents = [{ time: toRow(csId).csBTime, msg: 'x', spokesman_identity: 1 }]
    return { remote_chatrecords: { csId, contents }, count: 1, next_page: null }
  }

  #note(): void {
    this.#moments.push({ atMs: this.upstream.nowMs, keys: new Set(this.#moving.listed) })
    this.upstream.tick()
  }
}

function toRow(csId: number) {
  const day = new Date(Date.parse('2026-11-01') + Math.floor(csId / RECORDS_OF_A_DAY) * DAY_MS)
  return { csId, csBTime: `${day.toISOString().slice(0, 10)} 10:00:00` }
}
