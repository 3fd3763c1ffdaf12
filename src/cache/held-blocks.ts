import { isPassing } from './failures.ts'
import { CLOCKS_APART_MS } from './given-times.ts'
import type { HeldAnswer } from './held-answer.ts'
import { isBeforeToday } from './lifetimes.ts'
import type { NamedAnswer, RequestReads } from './request-reads.ts'

/** A value that was made of all answers about something, to be held as one answer. */
export interface NewBlock {
  /** What `JSON.stringify` makes of it is what other processes find. */
  readonly body: unknown
  /** Of the memory that it takes, about. */
  readonly bytes: number
  /** Names of the answers that it was made of, and when the oldest was asked for. */
  readonly madeOf: { readonly names: ReadonlySet<string>; readonly oldestMs: number }
  /** Whether other processes are to find it, too. */
  readonly isShared: boolean
}

/** A block that is held, and may be given once it is known to be fresh, or still right. */
export interface FoundBlock<Body> {
  readonly body: Body
  /** `if nothing has come or gone`: it has to be asked first whether it is as long as it was. */
  readonly use: 'at once' | 'if nothing has come or gone'
  /** It says nothing of what came before, in milliseconds since 1970. */
  readonly askedSinceMs: number
  give(): Body
  /** Gives it if it may stand for what failed; else throws the error. */
  giveInPlaceOf(error: unknown): Body
  drop(): void
}

/** Blocks as one request reads them: each is an ordinary answer of the cache, as old as its oldest part. */
export class HeldBlocks {
  readonly #request: RequestReads
  readonly #notBeforeMs: number

  constructor(request: RequestReads, notBeforeMs: number) {
    this.#request = request
    this.#notBeforeMs = notBeforeMs
  }

  /** `parse` gives undefined for what another process left and this one cannot read. */
  async find<Body>(
    named: NamedAnswer,
    parse: (body: unknown) => { readonly body: Body; readonly bytes: number } | undefined,
  ): Promise<FoundBlock<Body> | undefined> {
    const { cache, owner } = this.#request.options
    const own = cache.find(owner, named.name)
    const mayLook = cache.isShared && this.#notBeforeMs < this.#request.beganAtMs
    const held = own ?? (mayLook ? await cache.findShared(owner, named.name) : undefined)
    if (!held || !this.#isNewEnough(held)) return undefined
    const use = held.useAt(cache.nowMs())
    if (use === 'none' || use === 'if the upstream fails') return undefined
    const parsed = parse(held.body)
    if (parsed && parsed.body === held.body) return this.#found(named, held, parsed.body)
    if (!parsed) {
      cache.drop(owner, named.name)
      return undefined
    }
    // What came as JSON is held as what was made of it, so that it is parsed once.
    const { kind, beganAtMs, receivedAtMs, origin } = held
    const answer = { ...parsed, kind, beganAtMs, receivedAtMs, origin }
    const { generation, refusals } = owner
    const kept = cache.keep(owner, named.name, answer, { generation, refusals })
    return this.#found(named, kept, parsed.body)
  }

  #isNewEnough({ beganAtMs, origin }: HeldAnswer): boolean {
    return beganAtMs - (origin === undefined ? 0 : CLOCKS_APART_MS) >= this.#notBeforeMs
  }

  #found<Body>(named: NamedAnswer, held: HeldAnswer, body: Body): FoundBlock<Body> {
    const { cache, owner } = this.#request.options
    const { freshUntilMs, receivedAtMs } = held.stamp
    const use = held.useAt(cache.nowMs())
    const give = (outcome: 'fresh' | 'stale_on_error') => {
      this.#request.noteBlock(named, held, outcome)
      return body
    }
    return {
      body,
      use: use === 'stale' ? 'if nothing has come or gone' : 'at once',
      // What was asked then is trusted for as long as the block itself was.
      askedSinceMs: Math.max(freshUntilMs, cache.nowMs() - (freshUntilMs - receivedAtMs)),
      give: () => give(use === 'stale until the next try' ? 'stale_on_error' : 'fresh'),
      giveInPlaceOf(error) {
        const nowMs = cache.nowMs()
        if (!isPassing(error) || !held.mayReplaceFailureAt(nowMs)) throw error
        held.noteFailure(error.code, nowMs, cache.random)
        return give('stale_on_error')
      },
      drop: () => cache.drop(owner, named.name),
    }
  }

  /**
   * To be called before the answers are read that a block will be made of. Holds it, unless its owner
   * was refused since, or one of its days was not over when the oldest of the answers was asked for.
   */
  begin(named: NamedAnswer, lastDay: string): (block: NewBlock) => void {
    const { cache, owner } = this.#request.options
    const { generation, refusals } = owner
    const share = cache.share(owner, named.name)
    return ({ body, bytes, madeOf, isShared }) => {
      const { names, oldestMs } = madeOf
      if (!isBeforeToday(lastDay, oldestMs)) return
      const times = { beganAtMs: oldestMs, receivedAtMs: oldestMs }
      const answer = { kind: 'block', body, bytes, ...times } as const
      const held = cache.keep(owner, named.name, answer, { generation, refusals })
      if (!held.stamp.isHeld) return
      this.#request.noteMade(named, names)
      if (isShared) share(held)
    }
  }
}
