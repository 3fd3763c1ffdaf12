import fc from 'fast-check'
import { type MessageCursor, parseMessageCursor } from '../../src/history/cursor.ts'
import { createLoaders } from '../../src/loaders/loaders.ts'
import type { Query } from '../../src/upstream/client.ts'
import { VirtualUpstream } from './virtual-upstream.ts'

const CS_ID = 2999
const CHAT = { csId: CS_ID, sentOn: undefined, isOver: false }
const BEGAN_MS = Date.parse('2026-11-23T10:00:00+08:00')

/** A message so many seconds after the last one; or one less, by its place. */
type Change = { sentAfter: number } | { remove: number }

const sent: fc.Arbitrary<Change> = fc.record({ sentAfter: fc.constantFrom(0, 1, 1, 2) })
const change: fc.Arbitrary<Change> = fc.oneof(sent, fc.record({ remove: fc.nat({ max: 150 }) }))
const pauseMs = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 60_000 }))

export const heldChatWalk = fc.record({
  first: fc.array(sent, { maxLength: 150 }),
  callMs: fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 5 }),
  changes: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 20 }),
  visits: fc.array(fc.record({ pauseMs, limit: fc.integer({ min: 1, max: 100 }) }), {
    maxLength: 5,
  }),
  isFromEnd: fc.boolean(),
  limits: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }),
  pausesMs: fc.array(pauseMs, { minLength: 1, maxLength: 6 }),
})

type HeldChatWalk = typeof heldChatWalk extends fc.Arbitrary<infer Value> ? Value : never

/** The law of lists for messages, whatever is held of them. */
export async function assertHeldChatWalkIsExact(test: HeldChatWalk): Promise<void> {
  const chat = new MovingChat(test)
  for (const { pauseMs, limit } of test.visits) {
    await chat.upstream.pass(pauseMs)
    const { chatMessages } = createLoaders(chat.upstream.openReads(), chat.upstream.memory, 0)
    const wish = { limit, isFromEnd: test.isFromEnd, after: undefined, before: undefined }
    await chatMessages.slice(CHAT, wish)
  }
  const { returned, oldestMs } = await walkThrough(chat, test)
  const numbers = returned.map(Number)
  numbers.slice(1).forEach((each, at) => {
    if (each <= (numbers[at] ?? 0)) throw new Error(`message ${each} came after ${numbers[at]}`)
  })
  const seen = new Set(numbers)
  for (const each of chat.everyNumber) {
    if (!seen.has(each) && chat.wasThereSince(oldestMs, each))
      throw new Error(`message ${each} was there throughout, and not returned`)
  }
}

async function walkThrough(chat: MovingChat, { isFromEnd, limits, pausesMs }: HeldChatWalk) {
  let returned: string[] = []
  let oldestMs = Number.POSITIVE_INFINITY
  let cursor: MessageCursor | undefined
  for (let turn = 0; turn < 500; turn++) {
    const limit = limits[turn % limits.length] ?? 1
    const reads = chat.upstream.openReads()
    const { chatMessages } = createLoaders(reads, chat.upstream.memory, 0)
    const [after, before] = isFromEnd ? [undefined, cursor] : [cursor, undefined]
    const slice = await chatMessages.slice(CHAT, { limit, isFromEnd, after, before })
    if (!slice) throw new Error('expected a chat, got none')
    const texts = slice.edges.map(edge => edge.row.row.message.text)
    returned = isFromEnd ? [...texts, ...returned] : [...returned, ...texts]
    const outermost = slice.edges.at(isFromEnd ? 0 : -1)?.cursor
    const hasMore = isFromEnd ? await slice.hasPrevious() : await slice.hasNext()
    oldestMs = Math.min(oldestMs, reads.oldestMs)
    if (!hasMore || !outermost) return { returned, oldestMs }
    cursor = parseMessageCursor(outermost)
    await chat.upstream.pass(pausesMs[turn % pausesMs.length] ?? 0)
  }
  throw new Error('the walk did not end')
}

interface Message {
  readonly number: number
  readonly second: number
}

/** A chat that changes with each call, and remembers which messages there were when. */
class MovingChat {
  readonly upstream: VirtualUpstream
  readonly #test: HeldChatWalk
  readonly #moments: { readonly atMs: number; readonly numbers: ReadonlySet<number> }[] = []
  #messages: readonly Message[] = []
  #sent = 0
  #calls = 0

  constructor(test: HeldChatWalk) {
    this.#test = test
    this.upstream = new VirtualUpstream(test.callMs, (_, query) => this.#pageOf(query))
    for (const each of test.first) this.#change(each)
    this.#note()
  }

  wasThereSince(atMs: number, number: number): boolean {
    const first = this.#moments.findLastIndex(moment => moment.atMs <= atMs)
    return this.#moments.slice(Math.max(0, first)).every(({ numbers }) => numbers.has(number))
  }

  get everyNumber(): ReadonlySet<number> {
    return new Set(this.#moments.flatMap(({ numbers }) => [...numbers]))
  }

  #pageOf({ page, per_page: perPage }: Query) {
    for (const each of this.#test.changes[this.#calls++] ?? []) this.#change(each)
    this.#note()
    const [at, size] = [Number(page), Number(perPage)]
    const rows = this.#messages.slice((at - 1) * size, at * size)
    const count = this.#messages.length
    const contents = rows.map(({ number, second }) => ({
      time: timeOf(second),
      msg: String(number),
      spokesman_identity: 1,
    }))
    const next = at * size < count ? 'next' : null
    return { remote_chatrecords: { csId: CS_ID, contents }, count, next_page: next }
  }

  #change(change: Change): void {
    if ('remove' in change) {
      this.#messages = this.#messages.filter((_, at) => at !== change.remove)
      return
    }
    const second = (this.#messages.at(-1)?.second ?? 0) + change.sentAfter
    this.#messages = [...this.#messages, { number: ++this.#sent, second }]
  }

  #note(): void {
    const numbers = new Set(this.#messages.map(({ number }) => number))
    this.#moments.push({ atMs: this.upstream.nowMs, numbers })
    this.upstream.tick()
  }
}

const timeOf = (second: number): string =>
  new Date(BEGAN_MS + second * 1000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
