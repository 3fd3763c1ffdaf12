export type UpstreamErrorCode =
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_BAD_RESPONSE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'

/** What was wrong with an answer, or why there was none. */
type Reason =
  | `status-${number}`
  | 'breaker-open'
  | 'cut-off'
  | 'empty-body'
  | 'html-page'
  | 'not-asked-for'
  | 'not-http'
  | 'not-json'
  | 'other-404'
  | 'other-charset'
  | 'other-encoding'
  | 'other-shape'
  | 'too-large'
  | 'too-many-rows'

interface UpstreamErrorOptions extends ErrorOptions {
  readonly reason?: Reason
}

/**
 * Why a call gave no answer; one subclass for each cause.
 *
 * Messages are fit for callers: they hold no host, no value of a URL, no credentials and nothing of
 * a body. `cause` is for the log alone.
 */
export abstract class UpstreamError extends Error {
  abstract readonly code: UpstreamErrorCode
  /** Whether the same call may succeed when it is made again. */
  abstract readonly retryable: boolean
  /** In a word, for logs; undefined if the code says it all. */
  readonly reason: Reason | undefined

  constructor(message: string, { reason, ...options }: UpstreamErrorOptions = {}) {
    super(message, options)
    this.reason = reason
  }

  /** How often the client may make the same call again by itself after errors of this kind. */
  get maxRetries(): number {
    return this.retryable ? MAX_RETRIES : 0
  }
}

/**
 * How often a call is repeated by default. More attempts do not fit into the time that a caller
 * waits.
 */
const MAX_RETRIES = 2

interface RetryableOptions extends UpstreamErrorOptions {
  readonly retryable?: boolean
  /** Default: as often as any call, if it is retryable. */
  readonly maxRetries?: number
}

/** One that is retryable or not, by its cause. */
abstract class VariedError extends UpstreamError {
  readonly retryable: boolean
  readonly #maxRetries: number | undefined

  constructor(
    message: string,
    { retryable = true, maxRetries, ...options }: RetryableOptions = {},
  ) {
    super(message, options)
    this.retryable = retryable
    this.#maxRetries = maxRetries
  }

  override get maxRetries(): number {
    return this.#maxRetries ?? super.maxRetries
  }
}

/** No connection (refused, DNS, TLS), or a 5xx status. Retryable, but for a bad certificate. */
export class UpstreamUnavailableError extends VariedError {
  override readonly name = 'UpstreamUnavailableError'
  readonly code = 'UPSTREAM_UNAVAILABLE'
}

/** The whole answer was not there at the deadline. */
export class UpstreamTimeoutError extends UpstreamError {
  override readonly name = 'UpstreamTimeoutError'
  readonly code = 'UPSTREAM_TIMEOUT'
  readonly retryable = true

  /** Each try takes all of its time, and may make a slow upstream slower. */
  override get maxRetries(): number {
    return 1
  }
}

interface RateLimitedOptions extends UpstreamErrorOptions {
  readonly retryAfterMs?: number | undefined
  /** Whether it is about the account, not about what was asked for. Default: no. */
  readonly isOfAccount?: boolean
}

/** 429, or 503 with `Retry-After`. */
export class UpstreamRateLimitedError extends UpstreamError {
  override readonly name = 'UpstreamRateLimitedError'
  readonly code = 'UPSTREAM_RATE_LIMITED'
  readonly retryable = true
  /** How long the upstream asks to be left alone; undefined if it does not say. */
  readonly retryAfterMs: number | undefined
  readonly isOfAccount: boolean

  constructor(
    message: string,
    { retryAfterMs, isOfAccount = false, ...options }: RateLimitedOptions = {},
  ) {
    super(message, options)
    this.retryAfterMs = retryAfterMs
    this.isOfAccount = isOfAccount
  }
}

/** No place was free in time among the calls that go upstream at once. */
export class UpstreamBusyError extends UpstreamError {
  override readonly name = 'UpstreamBusyError'
  readonly code = 'UPSTREAM_RATE_LIMITED'
  readonly retryable = true
  readonly retryAfterMs: number

  constructor(message: string, retryAfterMs: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }

  /** To make it again at once would only take the place of another. */
  override get maxRetries(): number {
    return 0
  }
}

type BadResponseOptions = RetryableOptions & { readonly reason: Reason }

/**
 * An answer that cannot be read. Retryable if it was damaged on its way (cut, no JSON, an HTML
 * page), not if it is whole and wrong (other shape, a redirect).
 */
export class UpstreamBadResponseError extends VariedError {
  override readonly name = 'UpstreamBadResponseError'
  readonly code = 'UPSTREAM_BAD_RESPONSE'

  constructor(message: string, options: BadResponseOptions) {
    super(message, { retryable: false, ...options })
  }
}

/** Another 4xx than the following: the upstream does not accept this very call. */
export class UpstreamRejectedError extends UpstreamError {
  override readonly name = 'UpstreamRejectedError'
  readonly code = 'UPSTREAM_BAD_RESPONSE'
  readonly retryable = false
}

/** A JSON object of more bytes than a body may have. Of fewer rows, it may be small enough. */
export class UpstreamTooLargeError extends UpstreamError {
  override readonly name = 'UpstreamTooLargeError'
  readonly code = 'UPSTREAM_BAD_RESPONSE'
  readonly retryable = false
}

/** 401: the upstream does not know the account, or its password is another. */
export class UpstreamUnauthenticatedError extends UpstreamError {
  override readonly name = 'UpstreamUnauthenticatedError'
  readonly code = 'UNAUTHENTICATED'
  readonly retryable = false
}

/** 403: the account may not read this. */
export class UpstreamForbiddenError extends UpstreamError {
  override readonly name = 'UpstreamForbiddenError'
  readonly code = 'FORBIDDEN'
  readonly retryable = false
}

/** 404 in the API's own JSON: null for a thing by its id; for what is always there, a wrong answer. */
export class UpstreamNotFoundError extends UpstreamError {
  override readonly name = 'UpstreamNotFoundError'
  readonly code = 'UPSTREAM_BAD_RESPONSE'
  readonly retryable = false
}

/** Whether the upstream says that there is nothing of what was asked for, or that nobody can ask for it. */
export const isNoSuchPage = (error: unknown): boolean =>
  error instanceof UpstreamRejectedError || error instanceof UpstreamNotFoundError
