/** How long an issuer that has failed is left alone. */
export const PAUSE_AFTER_FAILURE_MS = 5000

/** The issuer's keys cannot be had, so that nobody can say whether a token is right. */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError'
  /** When it is worth another try. */
  readonly retryAfterMs = PAUSE_AFTER_FAILURE_MS

  constructor(options?: ErrorOptions) {
    super("The keys of the tokens' issuer cannot be had at the moment.", options)
  }
}
