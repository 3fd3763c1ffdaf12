import type { UpstreamSession } from '../upstream/client.ts'

/** What is asked for takes more calls than the operation has for it. */
export class CallAllowanceError extends Error {
  override readonly name = 'CallAllowanceError'
  /** The calls that it takes in all. Undefined if the number is not known. */
  readonly calls: number | undefined
  /** The calls that there are for it. */
  readonly limit: number
  /** The records that must be read. */
  readonly records: number | undefined

  constructor(limit: number, price?: { readonly calls: number; readonly records: number }) {
    super(
      price
        ? `This needs ${price.calls} upstream calls, to read ${price.records} records; ${limit} are allowed for it. Ask for fewer days.`
        : `This needs more upstream calls than the ${limit} that are allowed for it. Ask for fewer fields at once.`,
    )
    this.limit = limit
    this.calls = price?.calls
    this.records = price?.records
  }
}

/**
 * The calls that the scans of one operation share: those that its other fields leave of the limit.
 */
export class CallAllowance {
  readonly limit: number
  #made = 0

  constructor(limit: number) {
    this.limit = limit
  }

  get left(): number {
    return this.limit - this.#made
  }

  /** A session whose calls count. Throws CallAllowanceError for one too many. */
  limited(session: UpstreamSession, onCall: () => void): UpstreamSession {
    return {
      oddity: session.oddity,
      get: async (...call) => {
        if (this.left <= 0) throw new CallAllowanceError(this.limit)
        this.#made += 1
        onCall()
        return session.get(...call)
      },
    }
  }
}
