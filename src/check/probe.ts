import type { UpstreamClient, UpstreamSession } from '../upstream/client.ts'
import { UpstreamError } from '../upstream/errors.ts'

/** A call's value, or why there is none. */
export type Asked<Value> =
  | { readonly value: Value; readonly error?: undefined }
  | { readonly error: UpstreamError; readonly value?: undefined }

const MAX_CALLS = 12

/** Asks the upstream call after call, and notes what is not in the values that it gives. */
export class Probe {
  readonly durationsMs: number[] = []
  /** The upstream's names of fields whose values could not be read. */
  readonly unreadable = new Set<string>()
  /** Of all other kinds. */
  readonly oddities = new Set<string>()
  /** Of the rows of lists. */
  readonly fieldNames = new Set<string>()
  readonly #session: UpstreamSession

  constructor(client: UpstreamClient, authorization: string) {
    const session = client.session({
      authorization,
      beforeCall: () => {
        if (this.durationsMs.length >= MAX_CALLS)
          throw new Error(`Expected ${MAX_CALLS} calls to be enough, they are not.`)
      },
      onCall: ({ durationMs }) => this.durationsMs.push(durationMs),
      onOddity: (_endpoint, kind, field) =>
        field === undefined ? this.oddities.add(kind) : this.unreadable.add(field),
    })
    this.#session = {
      oddity: session.oddity,
      get: (endpoint, path, query, decode) =>
        session.get(endpoint, path, query, body => {
          this.#noteFields(body)
          return decode(body)
        }),
    }
  }

  async ask<Value>(call: (session: UpstreamSession) => Promise<Value>): Promise<Asked<Value>> {
    try {
      return { value: await call(this.#session) }
    } catch (error) {
      if (error instanceof UpstreamError) return { error }
      throw error
    }
  }

  #noteFields(body: unknown): void {
    const rows = isRecord(body) && Array.isArray(body.remoterecords) ? body.remoterecords : []
    for (const row of rows.filter(isRecord))
      for (const name of Object.keys(row)) this.fieldNames.add(name)
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
