import type { Query } from '../client.ts'
import type { EndpointName } from '../endpoint.ts'
import { UpstreamError } from '../errors.ts'

export type Decode<Body> = (body: unknown) => Body

/** One call, while it is made. */
export interface Call<Body> {
  readonly endpoint: EndpointName
  readonly query: Query
  readonly target: string
  readonly decode: Decode<Body>
  readonly endsAtMs: number
  attempts: number
  hasTimedOut: boolean
  /** Whether its next attempt is paid for already. */
  isPaid: boolean
  /** Of the latest answer that began, in the latest attempt. */
  status: number | undefined
}

export interface Measure {
  readonly durationMs: number
  /** `ok`, an error's code, or `ABORTED`. */
  readonly outcome: string
}

/** Runs what may fail, and says how that went. */
export async function measured<Value>(
  run: () => Promise<Value>,
  signal: AbortSignal | undefined,
  onEnd: (measure: Measure) => void,
): Promise<Value> {
  const beganAtMs = performance.now()
  let outcome = 'ok'
  try {
    return await run()
  } catch (error) {
    outcome = outcomeOf(error, signal)
    throw error
  } finally {
    onEnd({ durationMs: performance.now() - beganAtMs, outcome })
  }
}

function outcomeOf(error: unknown, signal: AbortSignal | undefined): string {
  if (error instanceof UpstreamError) return error.code
  return signal?.aborted ? 'ABORTED' : 'UNEXPECTED'
}

function toSearch(query: Query): string {
  const search = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return search.length === 0 ? '' : `?${search.join('&')}`
}

type Asked<Body> = Pick<Call<Body>, 'endpoint' | 'query' | 'decode' | 'endsAtMs'> & {
  readonly path: string
}

export const beginCall = <Body>({ path, ...asked }: Asked<Body>): Call<Body> => ({
  ...asked,
  target: path + toSearch(asked.query),
  attempts: 0,
  hasTimedOut: false,
  isPaid: false,
  status: undefined,
})
