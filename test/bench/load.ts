import autocannon from 'autocannon'
import type { OperationRequest } from './http.ts'

/** How much is asked of a server. */
interface Amount {
  readonly seconds: number
  /** So many, all to be answered, in about that time; undefined: what fits into it. */
  readonly requests?: number
}

export interface Load {
  readonly requests: number
  readonly seconds: number
  readonly latenciesMs: readonly number[]
}

/** A counted load that takes this many times as long as planned is given up. */
const PATIENCE = 5

/** Rejects where one answer is not, to the letter, what is expected. */
export async function applyLoad(
  request: OperationRequest,
  expectBody: string,
  connections: number,
  amount: Amount,
): Promise<Load> {
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>()
  const latenciesMs: number[] = []
  const startedAtMs = performance.now()
  let endedAtMs = startedAtMs
  const instance = autocannon(
    { ...request, connections, expectBody, ...limits(amount), timeout: 30, sampleInt: 100 },
    (error, result) => (error ? reject(error) : resolve(result)),
  )
  instance.on('response', (_client, _status, _bytes, ms) => {
    latenciesMs.push(ms)
    endedAtMs = performance.now()
  })
  const guard = setTimeout(() => instance.stop(), amount.seconds * PATIENCE * 1000 + 10_000)
  const result = await promise.finally(() => clearTimeout(guard))
  assertRight(request, result)
  if (latenciesMs.length < (amount.requests ?? 1))
    throw new Error(`${request.url} was too slow: ${latenciesMs.length} answers`)
  return { requests: latenciesMs.length, seconds: (endedAtMs - startedAtMs) / 1000, latenciesMs }
}

const limits = ({ seconds, requests }: Amount) =>
  requests === undefined ? { duration: seconds } : { amount: requests }

function assertRight(request: OperationRequest, result: autocannon.Result): void {
  const { errors, timeouts, non2xx, mismatches } = result
  if (errors + timeouts + non2xx + mismatches === 0) return
  const wrong = JSON.stringify({ errors, timeouts, non2xx, mismatches })
  throw new Error(
    `${request.url} did not answer rightly under load: ${wrong} ${request.body ?? ''}`,
  )
}
