export type UpstreamErrorCode =
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_BAD_RESPONSE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'

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
}

export interface RetryableOptions extends ErrorOptions {
  readonly retryable?: boolean
}

/** No connection (refused, DNS, TLS), or a 5xx status. Retryable, but for a bad certificate. */
export class UpstreamUnavailableError extends UpstreamError {
  override readonly name = 'UpstreamUnavailableError'
  readonly code = 'UPSTREAM_UNAVAILABLE'
  readonly retryable: boolean

  constructor(message: string, { retryable = true, ...options }: RetryableOptions = {}) {
    super(message, options)
    this.retryable = retryable
  }
}

/** The whole answer was not there at the deadline. */
export class UpstreamTimeoutError extends UpstreamError {
  override readonly name = 'UpstreamTimeoutError'
  readonly code = 'UPSTREAM_TIMEOUT'
  readonly retryable = true
}

export interface RateLimitedOptions extends ErrorOptions {
  readonly retryAfterMs?: number | undefined
}

/** 429, or 503 with `Retry-After`. */
export class UpstreamRateLimitedError extends UpstreamError {
  override readonly name = 'UpstreamRateLimitedError'
  readonly code = 'UPSTREAM_RATE_LIMITED'
  readonly retryable = true
  /** How long the upstream asks to be left alone; undefined if it does not say. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, { retryAfterMs, ...options }: RateLimitedOptions = {}) {
    super(message, options)
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * An answer that cannot be read. Retryable if it was damaged on its way (cut, no JSON, an HTML
 * page), not if it is whole and wrong (other shape, a redirect).
 */
export class UpstreamBadResponseError extends UpstreamError {
  override readonly name = 'UpstreamBadResponseError'
  readonly code = 'UPSTREAM_BAD_RESPONSE'
  readonly retryable: boolean

  constructor(message: string, { retryable = false, ...options }: RetryableOptions = {}) {
    super(message, options)
    this.retryable = retryable
  }
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
