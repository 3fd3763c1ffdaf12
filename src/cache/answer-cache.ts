import { LRUCache } from 'lru-cache'
import { HeldAnswer, type ReceivedAnswer } from './held-answer.ts'
import type { Lifetimes } from './lifetimes.ts'
import type { SharedAnswers } from './shared-answers.ts'
import type { SharedWait } from './shared-wait.ts'

export interface AnswerCacheOptions {
  readonly maxBytes: number
  readonly lifetimes: Lifetimes
  /** How old an answer may be that stands for one that failed; 0: none does. */
  readonly staleOnErrorMs: number
  /** In milliseconds since 1970; never goes back. Default: the process's own clock. */
  readonly nowMs?: () => number
  /** From 0 to 1. Default: Math.random. */
  readonly random?: () => number
  /** What other processes hold. Default: nothing is shared. */
  readonly shared?: SharedAnswers | undefined
}

/** Whose answers are held together, and given to nobody else: an account of the upstream. */
export interface AnswerOwner {
  /** Stands for the credential. */
  readonly name: string
  /**
   * No two owners have the same, nor has one the same again: a new one leaves behind all that was held.
   * Undefined if nothing may be held, since the upstream has not accepted the account.
   */
  readonly generation: number | undefined
  /** Gives it a new generation, if it has one. */
  renew(): void
  /** How often the upstream has refused anyone: without a generation, one of these may be the owner's. */
  readonly refusals: number
}

/** In which state of its owner something was asked for. */
type AskedIn = Pick<AnswerOwner, 'generation' | 'refusals'>

/** A call that is under way, for all who ask for the same. */
export interface Flight {
  readonly beganAtMs: number
  /** A refusal since then may be about what it brings. */
  readonly askedIn: AskedIn
  readonly answer: Promise<HeldAnswer>
  readonly wait: SharedWait
}

/** Lifetimes are varied by a tenth to both sides, so that answers do not expire together. */
const SPREAD = 0.1

/** Answers of the upstream, by who asked and for what; and the calls that are under way for them. */
export class AnswerCache {
  readonly nowMs: () => number
  readonly random: () => number
  readonly #shared: SharedAnswers | undefined
  readonly #lifetimes: Lifetimes
  readonly staleOnErrorMs: number
  readonly #held: LRUCache<string, HeldAnswer>
  readonly #flights = new Map<string, Flight>()

  constructor({
    maxBytes,
    lifetimes,
    staleOnErrorMs,
    nowMs = () => performance.timeOrigin + performance.now(),
    random = Math.random,
    shared,
  }: AnswerCacheOptions) {
    this.nowMs = nowMs
    this.random = random
    this.#shared = shared
    this.#lifetimes = lifetimes
    this.staleOnErrorMs = staleOnErrorMs
    this.#held = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
      onInsert: held => {
        held.stamp.isHeld = true
      },
      dispose: held => {
        held.stamp.isHeld = false
      },
    })
  }

  /** What is held under a name, as long as it is of some use. */
  find(owner: AnswerOwner, name: string): HeldAnswer | undefined {
    const key = keyOf(owner, name)
    const held = key === undefined ? undefined : this.#held.get(key)
    if (key === undefined || !held || this.nowMs() < held.usableUntilMs) return held
    this.#held.delete(key)
    return undefined
  }

  /** Whether something is held under a name that may be given without a call. */
  has(owner: AnswerOwner, name: string): boolean {
    const held = this.find(owner, name)
    const use = held?.useAt(this.nowMs())
    // A call says whether an older block is still right.
    if (held?.kind === 'block') return use === 'fresh'
    return use === 'fresh' || use === 'stale' || use === 'stale until the next try'
  }

  /** Holds an answer, unless its owner was refused since it was asked for. */
  keep(owner: AnswerOwner, name: string, answer: ReceivedAnswer, askedIn: AskedIn): HeldAnswer {
    const staleOnErrorMs = answer.kind === 'absent_page' ? 0 : this.staleOnErrorMs
    const held = new HeldAnswer(answer, this.#lifetimeOf(answer), staleOnErrorMs)
    const key = keyOf(owner, name)
    if (key !== undefined && !wasRefusedSince(owner, askedIn)) this.#held.set(key, held)
    return held
  }

  get isShared(): boolean {
    return this.#shared !== undefined
  }

  /** What another process holds, if it is newer than what is held here; it is held here from now on. */
  async findShared(owner: AnswerOwner, name: string): Promise<HeldAnswer | undefined> {
    if (owner.generation === undefined) return undefined
    const { generation, refusals } = owner
    const answer = await this.#shared?.find(owner.name, name, () => owner.renew())
    const isNewer = answer && answer.receivedAtMs > (this.find(owner, name)?.receivedAtMs ?? 0)
    const held = isNewer ? this.keep(owner, name, answer, { generation, refusals }) : undefined
    return held?.stamp.isHeld ? held : undefined
  }

  /** Gives an answer to the other processes that is asked for from now on, once it is held here. */
  share(owner: AnswerOwner, name: string): (held: HeldAnswer) => void {
    const token = this.#shared?.tokenOf(owner.name)
    return async held => {
      if (!this.#shared || !held.stamp.isHeld) return
      const expiresMs = held.usableUntilMs - this.nowMs()
      await this.#shared.keep(owner.name, name, held, await token, expiresMs)
    }
  }

  /** The upstream has refused an owner: other processes give nothing of it any more either. */
  refuse({ name }: Pick<AnswerOwner, 'name'>): void {
    void this.#shared?.refuse(name)
  }

  close(): void {
    this.#shared?.close()
  }

  drop(owner: AnswerOwner, name: string): void {
    const key = keyOf(owner, name)
    if (key !== undefined) this.#held.delete(key)
  }

  flightOf(owner: AnswerOwner, name: string): Flight | undefined {
    const flight = this.#flights.get(flightKeyOf(owner, name))
    return flight && !wasRefusedSince(owner, flight.askedIn) ? flight : undefined
  }

  /** Lets others wait for a call. A later one for the same takes its place. */
  fly(owner: AnswerOwner, name: string, flight: Flight): void {
    const key = flightKeyOf(owner, name)
    const land = () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    }
    this.#flights.set(key, flight)
    flight.answer.then(land, land)
  }

  #lifetimeOf({ kind }: ReceivedAnswer) {
    const { freshMs, staleMs } = this.#lifetimes[kind]
    const factor = 1 - SPREAD + 2 * SPREAD * this.random()
    return { freshMs: freshMs * factor, staleMs: staleMs * factor }
  }
}

const keyOf = ({ generation }: AnswerOwner, name: string): string | undefined =>
  generation === undefined ? undefined : `${generation} ${name}`

const flightKeyOf = (owner: AnswerOwner, name: string): string => `${owner.name} ${name}`

/** An account's first answer is what gives it a generation: it is compared by all refusals instead. */
const wasRefusedSince = (owner: AnswerOwner, { generation, refusals }: AskedIn): boolean =>
  generation === undefined ? owner.refusals !== refusals : owner.generation !== generation
