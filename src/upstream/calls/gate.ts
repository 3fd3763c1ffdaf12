import type { CallerName } from '../client.ts'
import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamBusyError } from '../errors.ts'
import { Waiting } from './waiting.ts'

export interface GateOptions {
  /** How many calls the upstream is asked at once. */
  readonly concurrency: number
  /** How many calls begin within any second at most; undefined: as many as there are. */
  readonly callsPerSecond: number | undefined
  /** How long a caller waits at most who has no call under way. */
  readonly maxWaitMs: number
}

/** A caller's own calls wait for each other as long as they may, so their number is bounded. */
const MAX_WAITING_OF_CALLER = 500
const MAX_WAITING = 5000
const SECOND_MS = 1000

interface Caller {
  held: number
  /** What it waits for, by endpoint, the first to come first. */
  readonly waiting: Map<EndpointName, Set<Waiting>>
  waitingCount: number
  patience: NodeJS.Timeout | undefined
}

/**
 * Lets calls through to the upstream: only so many at once, callers by turns, and no endpoint in more
 * than half of the places, so that one which stalls leaves the others theirs.
 *
 * The queue is short. A caller of whom no call is under way is sent away after `maxWaitMs`: it can
 * come back, which is better than an answer that is late. A caller whose calls are under way waits
 * for its own others, until their deadlines.
 */
export class Gate {
  readonly #options: GateOptions
  readonly #nowMs: () => number
  readonly #maxOfEndpoint: number
  #held = 0
  readonly #heldOf = new Map<EndpointName, number>()
  /** Those who hold or want a place. Whose turn is next comes first. */
  readonly #callers = new Map<CallerName, Caller>()
  #waitingCount = 0
  /** When the latest calls began: as many as may begin within a second. */
  readonly #beganMs: number[] = []
  #paceTimer: NodeJS.Timeout | undefined

  constructor(options: GateOptions, nowMs: () => number) {
    this.#options = options
    this.#nowMs = nowMs
    this.#maxOfEndpoint = Math.ceil(options.concurrency / 2)
  }

  /**
   * Takes a place, which `leave` gives back. If there is none, gives what ends when there is; it
   * rejects with UpstreamBusyError. Throws that error if too many wait already.
   */
  enter(endpoint: EndpointName, name: CallerName): Waiting | undefined {
    const caller = this.#callerOf(name)
    if (this.#mayBegin(endpoint)) {
      this.#begin(endpoint, caller)
      return undefined
    }
    if (caller.waitingCount >= MAX_WAITING_OF_CALLER || this.#waitingCount >= MAX_WAITING)
      throw busy(endpoint, this.#options.maxWaitMs)
    const queue = caller.waiting.get(endpoint) ?? new Set()
    caller.waiting.set(endpoint, queue)
    const waiting = new Waiting(() => {
      if (queue.delete(waiting)) this.#noteWaiting(caller, -1)
      this.#forget(name, caller)
    })
    queue.add(waiting)
    this.#noteWaiting(caller, 1)
    this.#beImpatient(caller)
    this.#awaitPace()
    return waiting
  }

  /** How many calls are under way, and how many wait for a place. */
  get load(): { readonly underWay: number; readonly waiting: number } {
    return { underWay: this.#held, waiting: this.#waitingCount }
  }

  leave(endpoint: EndpointName, name: CallerName): void {
    const caller = this.#callerOf(name)
    caller.held -= 1
    this.#held -= 1
    this.#heldOf.set(endpoint, (this.#heldOf.get(endpoint) ?? 0) - 1)
    if (this.#waitingCount > 0) this.#admit()
    this.#beImpatient(caller)
    this.#forget(name, caller)
  }

  #callerOf(name: CallerName): Caller {
    const known = this.#callers.get(name)
    if (known) return known
    const caller = { held: 0, waiting: new Map(), waitingCount: 0, patience: undefined }
    this.#callers.set(name, caller)
    return caller
  }

  #forget(name: CallerName, { held, waitingCount, patience }: Caller): void {
    if (waitingCount === 0) clearTimeout(patience)
    if (held === 0 && waitingCount === 0) this.#callers.delete(name)
  }

  #noteWaiting(caller: Caller, change: 1 | -1): void {
    caller.waitingCount += change
    this.#waitingCount += change
  }

  /** Whoever waits has found no place either, so that a newcomer who finds one overtakes nobody. */
  #mayBegin(endpoint: EndpointName): boolean {
    const isFree = this.#held < this.#options.concurrency && this.#paceMs() === 0
    return isFree && (this.#heldOf.get(endpoint) ?? 0) < this.#maxOfEndpoint
  }

  #begin(endpoint: EndpointName, caller: Caller): void {
    caller.held += 1
    this.#held += 1
    this.#heldOf.set(endpoint, (this.#heldOf.get(endpoint) ?? 0) + 1)
    if (this.#options.callsPerSecond === undefined) return
    this.#beganMs.push(this.#nowMs())
    if (this.#beganMs.length > this.#options.callsPerSecond) this.#beganMs.shift()
  }

  /** Gives free places to those who wait, one to each caller by turns. */
  #admit(): void {
    for (;;) {
      const next = this.#next()
      if (!next) break
      const { name, caller, endpoint, queue } = next
      const [waiting] = queue
      if (!waiting) break
      queue.delete(waiting)
      this.#noteWaiting(caller, -1)
      this.#begin(endpoint, caller)
      clearTimeout(caller.patience)
      caller.patience = undefined
      // The others have their turns before this one's next.
      this.#callers.delete(name)
      this.#callers.set(name, caller)
      waiting.end()
    }
    this.#awaitPace()
  }

  #next() {
    for (const [name, caller] of this.#callers) {
      if (caller.waitingCount === 0) continue
      for (const [endpoint, queue] of caller.waiting)
        if (queue.size > 0 && this.#mayBegin(endpoint)) return { name, caller, endpoint, queue }
    }
    return undefined
  }

  /** Has a caller sent away who waits for too long. */
  #beImpatient(caller: Caller): void {
    if (caller.held > 0 || caller.waitingCount === 0 || caller.patience) return
    // With a pace, a second may pass until its first call may begin, though nobody is before it.
    const paceMs = this.#options.callsPerSecond === undefined ? 0 : SECOND_MS
    caller.patience = setTimeout(() => {
      caller.patience = undefined
      for (const [endpoint, queue] of caller.waiting)
        for (const waiting of queue) waiting.cancel(busy(endpoint, this.#options.maxWaitMs))
    }, this.#options.maxWaitMs + paceMs)
  }

  /** How long until another call may begin; 0 for now. */
  #paceMs(): number {
    const { callsPerSecond } = this.#options
    const [oldestMs] = this.#beganMs
    if (callsPerSecond === undefined || oldestMs === undefined) return 0
    if (this.#beganMs.length < callsPerSecond) return 0
    return Math.max(0, oldestMs + SECOND_MS - this.#nowMs())
  }

  #awaitPace(): void {
    const paceMs = this.#paceMs()
    if (this.#paceTimer || this.#waitingCount === 0 || paceMs === 0) return
    this.#paceTimer = setTimeout(() => {
      this.#paceTimer = undefined
      this.#admit()
    }, Math.ceil(paceMs))
  }
}

const busy = (endpoint: EndpointName, retryAfterMs: number) =>
  new UpstreamBusyError(
    `The upstream is not asked for ${ENDPOINT_NOUNS[endpoint]}: expected a place among the calls under way, got none in time.`,
    retryAfterMs,
  )
