import type { Query } from '../client.ts'
import type { EndpointName } from '../endpoint.ts'
import { UpstreamError } from '../errors.ts'
import { type Cancelable, Deadlines, type Verdict } from './deadline.ts'

export type Decode<Body> = (body: unknown) => Body

interface CallOptions<Body> {
  readonly endpoint: EndpointName
  readonly path: string
  readonly query: Query
  readonly decode: Decode<Body>
  /** By `performance.now`. */
  readonly endsAtMs: number
  /** What ends it beside that. */
  readonly signal: AbortSignal | undefined
  /** Those of its session, which end with the same signal. */
  readonly deadlines: Deadlines
}

/** One call, while it is made. */
export class Call<Body> {
  readonly endpoint: EndpointName
  readonly query: Query
  readonly target: string
  readonly decode: Decode<Body>
  endsAtMs: number
  attempts = 0
  hasTimedOut = false
  /** Whether its next attempt is paid for already. */
  isPaid = false
  /** Of the latest answer that began, in the latest attempt. */
  status: number | undefined
  #signal: AbortSignal | undefined
  #deadlines: Deadlines
  /** What it waits for now. */
  #step: Cancelable | undefined

  constructor({ endpoint, path, query, decode, endsAtMs, signal, deadlines }: CallOptions<Body>) {
    this.endpoint = endpoint
    this.query = query
    this.target = path + toSearch(query)
    this.decode = decode
    this.endsAtMs = endsAtMs
    this.#signal = signal
    this.#deadlines = deadlines
  }

  get isAborted(): boolean {
    return this.#signal?.aborted ?? false
  }

  /** Has what it waits for judged at a time, unless it is released before. */
  watch(step: Cancelable, atMs: number, judge: () => Verdict): void {
    this.#step = step
    this.#deadlines.watch(step, atMs, judge)
  }

  release(): void {
    if (this.#step) this.#deadlines.release(this.#step)
    this.#step = undefined
  }

  /** From now on it ends with others than those who began it. */
  outlive(signal: AbortSignal, endsAtMs: number): void {
    this.endsAtMs = endsAtMs
    if (this.#signal === signal) return
    const deadlines = new Deadlines(signal)
    if (this.#step) this.#deadlines.handOver(this.#step, deadlines)
    this.#deadlines = deadlines
    this.#signal = signal
  }
}

export interface Measure {
  readonly durationMs: number
  /** `ok`, an error's code, or `ABORTED`. */
  readonly outcome: string
}

/** Runs what a call does, and says how that went. */
export async function measured<Value>(
  call: Call<unknown>,
  run: () => Promise<Value>,
  onEnd: (measure: Measure) => void,
): Promise<Value> {
  const beganAtMs = performance.now()
  let outcome = 'ok'
  try {
    return await run()
  } catch (error) {
    outcome = outcomeOf(error, call)
    throw error
  } finally {
    onEnd({ durationMs: performance.now() - beganAtMs, outcome })
  }
}

function outcomeOf(error: unknown, { isAborted }: Call<unknown>): string {
  if (error instanceof UpstreamError) return error.code
  return isAborted ? 'ABORTED' : 'UNEXPECTED'
}

function toSearch(query: Query): string {
  const search = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return search.length === 0 ? '' : `?${search.join('&')}`
}
