import type { AnswerCache, AnswerOwner } from '../../cache/answer-cache.ts'
import type { FoundBlock } from '../../cache/held-blocks.ts'
import type { Reading, Reads } from '../../cache/reads.ts'
import type { NamedAnswer } from '../../cache/request-reads.ts'
import type { RecordColumns } from '../../questions/record-columns.ts'
import type { OnOddity } from '../../upstream/oddity.ts'
import type { AccountMemory } from '../account-memory.ts'
import type { CallAllowance } from '../call-allowance.ts'
import type { RecordSample } from '../record-sample.ts'
import {
  endpointOf,
  type RecordListKey,
  RemoteRecordLists,
  recordListName,
} from '../remote-record-lists.ts'
import { type CountedOddity, parseBlock, RecordBlock } from './record-block.ts'

/** Changes if blocks are made another way, so that other versions do not read them. */
const VERSION = 2
/** Redis would be waited for too long, and others would wait for this process. */
const MOST_SHARED = 50_000

/** A block that is being made of a list while that is read. */
export interface BlockInTheMaking {
  readonly onOddity: OnOddity
  /** Looks at what is not counted of records: what is odd in that is none of the block's. */
  lookBeside(look: () => void): void
  keep(columns: RecordColumns<RecordSample>, madeOf: Reading['given']): void
}

/** The blocks that one request reads, and those that it makes. */
export class RecordBlocks {
  readonly #reads: Reads
  readonly #memory: AccountMemory
  readonly #allowance: CallAllowance

  constructor(reads: Reads, memory: AccountMemory, allowance: CallAllowance) {
    this.#reads = reads
    this.#memory = memory
    this.#allowance = allowance
  }

  /**
   * A list's block that is fresh, or that has as many records as the list has now. `isOutdated` if it
   * has not: then what is held of the list is no better. Rejects if the call for its length fails.
   */
  async find(list: RecordListKey) {
    const found = await this.#reads.blocks?.find(namedBlock(list), parseBlock)
    if (!found) return { block: undefined, isOutdated: false }
    const block = await this.#giveIfRight(list, found)
    if (!block) found.drop()
    return { block, isOutdated: !block }
  }

  async #giveIfRight(list: RecordListKey, found: FoundBlock<RecordBlock>) {
    const { columns, oddities } = found.body
    if (found.use === 'if nothing has come or gone') {
      try {
        if ((await this.#count(list, found.askedSinceMs)) !== columns.length) return undefined
      } catch (error) {
        found.giveInPlaceOf(error)
        return this.#report(list, oddities, columns)
      }
    }
    found.give()
    return this.#report(list, oddities, columns)
  }

  /** Each who reads it is told what of it could not be read. */
  #report(
    list: RecordListKey,
    oddities: readonly CountedOddity[],
    columns: RecordColumns<RecordSample>,
  ) {
    const onOddity = this.#reads.calls.oddity(endpointOf(list))
    for (const { kind, unreadable, times } of oddities) onOddity(kind, unreadable, times)
    return columns
  }

  /** The list's length, by one call at most. Undefined if the upstream does not state it believably. */
  async #count(key: RecordListKey, notBeforeMs: number): Promise<number | undefined> {
    const calls = this.#allowance.limited(this.#reads.calls, () => undefined)
    const lists = new RemoteRecordLists(this.#reads, this.#memory, { calls, notBeforeMs })
    await lists.list(key).see({ page: 1, perPage: 1 })
    return this.#memory.listLengths.get(recordListName(key))
  }

  /** Undefined if there can be none of the list. */
  begin(list: RecordListKey): BlockInTheMaking | undefined {
    const lastDay = list.createdOn?.to
    if (lastDay === undefined) return undefined
    const keep = this.#reads.blocks?.begin(namedBlock(list), lastDay)
    const oddities = new Map<string, CountedOddity>()
    let isBeside = false
    return (
      keep && {
        lookBeside(look) {
          isBeside = true
          look()
          isBeside = false
        },
        onOddity(kind, unreadable) {
          if (isBeside) return
          const name = `${kind} ${unreadable ?? ''}`
          const known = oddities.get(name) ?? { kind, unreadable, times: 0 }
          known.times += 1
          oddities.set(name, known)
        },
        keep(columns, madeOf) {
          columns.trim()
          const body = new RecordBlock(columns, [...oddities.values()])
          const isShared = columns.length <= MOST_SHARED
          keep({ body, bytes: body.bytes, madeOf, isShared })
        },
      }
    )
  }
}

/** How many calls a list's block takes, by what is held now. Undefined if there is none. */
export function callsOfBlock(
  cache: AnswerCache,
  owner: AnswerOwner,
  list: RecordListKey,
): number | undefined {
  const use = cache.find(owner, namedBlock(list).name)?.useAt(cache.nowMs())
  if (use === 'stale') return 1
  return use === 'fresh' || use === 'stale until the next try' ? 0 : undefined
}

const namedBlock = (list: RecordListKey): NamedAnswer => ({
  name: `block ${VERSION} ${recordListName(list)}`,
  endpoint: endpointOf(list),
})
