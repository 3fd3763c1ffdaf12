import type { Decode } from '../upstream/calls/call.ts'
import { operationTimeout } from '../upstream/calls/timeouts.ts'
import type { Query, UpstreamSession } from '../upstream/client.ts'
import type { EndpointName } from '../upstream/endpoint.ts'
import { UpstreamError, UpstreamNotFoundError } from '../upstream/errors.ts'
import type { Flight } from './answer-cache.ts'
import { bytesOf } from './answer-size.ts'
import { absenceOr, isPassing } from './failures.ts'
import { GivenTimes } from './given-times.ts'
import type { HeldAnswer } from './held-answer.ts'
import { kindOf, mayHoldAbsence } from './lifetimes.ts'
import { NotHeldError, nameOfAnswer, type Reading, type ReadingOptions } from './reads.ts'
import type { ReadOutcome, RequestReads } from './request-reads.ts'
import { SharedWait } from './shared-wait.ts'
import type { Patience } from './wait-at-most.ts'

interface Asked<Body> {
  readonly endpoint: EndpointName
  readonly path: string
  readonly query: Query
  readonly decode: Decode<Body>
  /** What its answer is held under. */
  readonly name: string
  /** Whether it may have been asked for beside what the reading was given. */
  readonly mayBeBeside: boolean
}

/** Gives what is held as long as that does not go back in time, and calls for the rest. */
export class HeldReading implements Reading {
  readonly #request: RequestReads
  readonly #options: ReadingOptions
  readonly #calls: UpstreamSession
  readonly #times: GivenTimes
  /** In their order, so that what replaces pages does not go back in time either. */
  #refreshes: Promise<void> = Promise.resolve()

  constructor(request: RequestReads, options: ReadingOptions & { readonly notBeforeMs: number }) {
    this.#request = request
    this.#options = options
    this.#calls = options.calls ?? request.calls
    this.#times = new GivenTimes(options.notBeforeMs)
  }

  get oddity() {
    return this.#calls.oddity
  }

  get given() {
    return this.#times.given
  }

  keepFresh(): boolean {
    return this.#times.keepSince(this.#request.beganAtMs)
  }

  readonly get = this.#getter(false)
  readonly getBeside = this.#getter(true)

  #getter(mayBeBeside: boolean): UpstreamSession['get'] {
    return (endpoint, path, query, decode) =>
      this.#get({ endpoint, path, query, decode, name: nameOfAnswer(path, query), mayBeBeside })
  }

  async #get<Body>(asked: Asked<Body>): Promise<Body> {
    const { name } = asked
    const { cache, owner } = this.#request.options
    const held = cache.find(owner, name)
    const given = held && this.#giveHeld(asked, held)
    if (given) return given.body
    const shared = await this.#findShared(name)
    const givenToo = shared && this.#giveHeld(asked, shared)
    if (givenToo) return givenToo.body
    if (this.#options.isOnlyHeld) throw new NotHeldError()
    try {
      return await this.#call(asked)
    } catch (error) {
      const given = this.#giveInPlaceOf(error, asked)
      if (!given) throw error
      return given.body
    }
  }

  /** What is to be as new as the request is asked for by this process alone. */
  async #findShared(name: string): Promise<HeldAnswer | undefined> {
    const { cache, owner } = this.#request.options
    const mayBeThere = cache.isShared && this.#times.allowsOlderThan(this.#request.beganAtMs)
    return mayBeThere ? cache.findShared(owner, name) : undefined
  }

  /** Undefined if it may not be given now. */
  #giveHeld<Body>(asked: Asked<Body>, held: HeldAnswer) {
    if (!this.#times.allow(held, asked)) return undefined
    const use = held.useAt(this.#request.options.cache.nowMs())
    const isExpired = use === 'if the upstream fails'
    if (use === 'none' || (isExpired && !this.#options.isUpstreamFailing)) return undefined
    if (use === 'stale') this.#refreshBehind(asked, held)
    const stale = held.failure === undefined && !isExpired ? 'stale' : 'stale_on_error'
    return this.#giveIfReadable(asked, held, use === 'fresh' ? use : stale)
  }

  /** Undefined if there is nothing that may stand for an answer that failed. */
  #giveInPlaceOf<Body>(error: unknown, asked: Asked<Body>) {
    const { cache, owner } = this.#request.options
    if (error instanceof UpstreamNotFoundError && !mayHoldAbsence(asked))
      cache.drop(owner, asked.name)
    if (!isPassing(error)) return undefined
    const held = cache.find(owner, asked.name)
    const nowMs = cache.nowMs()
    if (!held || !this.#times.allow(held, asked) || !held.mayReplaceFailureAt(nowMs))
      return undefined
    held.noteFailure(error.code, nowMs, cache.random)
    return this.#giveIfReadable(asked, held, 'stale_on_error')
  }

  /** Another one may have held it without a look at what is in it. */
  #giveIfReadable<Body>(asked: Asked<Body>, held: HeldAnswer, outcome: ReadOutcome) {
    const { cache, owner } = this.#request.options
    try {
      return { body: this.#give(asked, held, outcome) }
    } catch (error) {
      if (!(error instanceof UpstreamError) || error === held.body) throw error
      cache.drop(owner, asked.name)
      return undefined
    }
  }

  #give<Body>(asked: Asked<Body>, held: HeldAnswer, outcome: ReadOutcome): Body {
    const isAbsent = held.body instanceof UpstreamNotFoundError
    const body = isAbsent ? undefined : asked.decode(held.body)
    this.#noteGiven(asked, held, outcome)
    if (isAbsent) throw held.body
    return body as Body
  }

  #noteGiven(asked: Asked<unknown>, answer: HeldAnswer, outcome: ReadOutcome): void {
    this.#times.noteGiven(answer, asked.name)
    this.#request.noteRead(asked, answer, outcome)
  }

  /** Waits for a call that is under way for the same, or makes one. */
  async #call<Body>(asked: Asked<Body>): Promise<Body> {
    const { cache, owner } = this.#request.options
    for (;;) {
      const flight = cache.flightOf(owner, asked.name)
      const mayJoin = flight && this.#times.allow({ ...flight, origin: undefined }, asked)
      if (!mayJoin) return this.#callOneself(asked)
      this.#times.noteAsked(flight.beganAtMs)
      const given = await this.#wait(asked, flight)
      if (given) return given.body
    }
  }

  /** Undefined if the call was given up before it was sent, or just as this began to wait. */
  async #wait<Body>(asked: Asked<Body>, flight: Flight) {
    try {
      const held = await flight.wait.join(flight.answer, this.#patience(asked))
      return { body: this.#give(asked, held, 'shared') }
    } catch (error) {
      this.#request.options.signal.throwIfAborted()
      if (error instanceof UpstreamError) throw error
      return undefined
    }
  }

  /** As long as the request may take. */
  #patience({ endpoint }: Asked<unknown>): Patience {
    const { signal, deadlineMs, cache } = this.#request.options
    return {
      ms: this.#request.beganAtMs + deadlineMs - cache.nowMs(),
      timeout: () => operationTimeout(endpoint, deadlineMs),
      signal,
    }
  }

  #callOneself<Body>(asked: Asked<Body>): Promise<Body> {
    const { decoded, flight } = this.#fly(asked, this.#calls)
    const give = async () => {
      try {
        return await decoded
      } finally {
        // Rejects with the same error, unless that an answer is absent is held.
        this.#noteGiven(asked, await flight.answer, 'called')
      }
    }
    return flight.wait.make(give(), () => this.#patience(asked))
  }

  /** Makes a call that others may wait for, and holds its answer. */
  #fly<Body>({ endpoint, path, query, decode, name }: Asked<Body>, calls: UpstreamSession) {
    const { cache, owner } = this.#request.options
    const { isLasting = false } = this.#options
    const { generation, refusals } = owner
    const askedIn = { generation, refusals }
    const beganAtMs = cache.nowMs()
    const share = cache.share(owner, name)
    const wait = new SharedWait()
    let answered: unknown
    const decodeAndNote = (body: unknown) => {
      const readable = decode(body)
      answered = body
      return readable
    }
    const decoded = calls.get(endpoint, path, query, decodeAndNote, wait.onBegin)
    const body = decoded.then(
      () => answered,
      (error: unknown) => absenceOr(error, { endpoint, query }),
    )
    const answer = body.then(body => {
      const receivedAtMs = cache.nowMs()
      const kind = kindOf({ endpoint, query, isLasting }, body, receivedAtMs)
      const received = { kind, body, bytes: bytesOf(body), beganAtMs, receivedAtMs }
      const kept = cache.keep(owner, name, received, askedIn)
      share(kept)
      return kept
    })
    const flight: Flight = { beganAtMs, askedIn, answer, wait }
    cache.fly(owner, name, flight)
    return { decoded, flight }
  }

  /** Nobody waits for it, and nobody's end is its own. */
  #refreshBehind<Body>(asked: Asked<Body>, held: HeldAnswer): void {
    this.#refreshes = this.#refreshes.then(() => {
      held.refreshing ??= this.#refresh(asked, held)
      return held.refreshing
    })
  }

  async #refresh<Body>(asked: Asked<Body>, held: HeldAnswer): Promise<void> {
    const { cache, owner, openRefreshing } = this.#request.options
    if (cache.find(owner, asked.name) !== held) return
    const shared = await cache.findShared(owner, asked.name)
    if (shared?.isFresh(cache.nowMs())) return
    try {
      const underWay = cache.flightOf(owner, asked.name)
      const flight = underWay ?? this.#fly(asked, openRefreshing()).flight
      flight.wait.keep()
      await flight.answer
    } catch (error) {
      if (error instanceof UpstreamNotFoundError) cache.drop(owner, asked.name)
      if (isPassing(error)) held.noteFailure(error.code, cache.nowMs(), cache.random)
    } finally {
      held.refreshing = undefined
    }
  }
}
