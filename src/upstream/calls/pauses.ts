import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamRateLimitedError } from '../errors.ts'

/** After this, one call looks whether the upstream still wants to be left alone. */
const LONGEST_MS = 60_000
/** Credentials and endpoints with a pause at the same time. Beyond, the oldest pause is forgotten. */
const MAX_PAUSES = 1000

/**
 * The pauses that the upstream asked for by `Retry-After`. One pause holds for all calls that it is
 * about, so that they do not each have to be told: 429 is about one account, 503 about one endpoint.
 */
export class Pauses {
  readonly #nowMs: () => number
  readonly #untilMs = new Map<string, number>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** 429 is about the credential, 503 about what was asked for. */
  note(error: unknown, endpoint: EndpointName, authorization: string): void {
    if (!(error instanceof UpstreamRateLimitedError) || error.retryAfterMs === undefined) return
    this.#add(error.isOfAccount ? authorization : endpoint, error.retryAfterMs)
  }

  /** A pause may get longer by this, never shorter. */
  #add(subject: string, ms: number): void {
    const untilMs = this.#nowMs() + Math.min(ms, LONGEST_MS)
    const known = this.#untilMs.get(subject) ?? 0
    this.#untilMs.delete(subject)
    this.#untilMs.set(subject, Math.max(known, untilMs))
    const [oldest] = this.#untilMs.keys()
    if (this.#untilMs.size > MAX_PAUSES && oldest !== undefined) this.#untilMs.delete(oldest)
  }

  /** How long a call must still wait that is about these; 0 for no pause. */
  remainingMs(...subjects: readonly string[]): number {
    if (this.#untilMs.size === 0) return 0
    return Math.max(...subjects.map(subject => this.#remainingOf(subject)))
  }

  #remainingOf(subject: string): number {
    const leftMs = (this.#untilMs.get(subject) ?? 0) - this.#nowMs()
    if (leftMs > 0) return leftMs
    this.#untilMs.delete(subject)
    return 0
  }
}

export const pauseTooLong = (endpoint: EndpointName, pauseMs: number) =>
  new UpstreamRateLimitedError(
    `The upstream asks for a pause before ${ENDPOINT_NOUNS[endpoint]}: expected one that ends in time, got a longer one.`,
    { retryAfterMs: Math.ceil(pauseMs) },
  )
