import { Agent } from 'node:http'
import { Dice } from '../../src/emulator/random.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { leastOfThree } from '../measure.ts'
import type { Mode } from '../server/attacks/modes.ts'
import { startWatchedGateway } from '../server/attacks/watched-gateway.ts'
import { type Credentials, createCallers, type FuzzCallers } from './callers.ts'
import { exchange, type Outcome } from './exchange.ts'
import { faultsOf, MOST_CPU_MS } from './faults.ts'
import { type FuzzRequest, writeRequest } from './requests.ts'

export interface FuzzOptions {
  readonly runs: number
  readonly seed: number
  /** How callers are known. Default: not at all. */
  readonly callers?: Mode
  /** The first case, so that one that was found can be run by itself. */
  readonly from?: number
  /** When it ends though not all are run. */
  readonly timeoutMs?: number
}

export interface Finding {
  readonly case: number
  readonly kind: string
  readonly faults: readonly string[]
  /** As much of the request as helps. */
  readonly request: string
}

export interface FuzzReport {
  readonly ran: number
  readonly findings: readonly Finding[]
  /** How many were answered so, by status. */
  readonly statuses: Readonly<Record<number, number>>
  /** The most CPU time that one took, on the thread of the gateway, its caller and the emulator. */
  readonly slowestMs: number
}

/** After so many there is enough to look at. */
const MOST_FINDINGS = 20

/** Asks a gateway what nobody should, one request after the other. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { runs, seed, from = 0, timeoutMs = Number.POSITIVE_INFINITY } = options
  await using callers = await createCallers(options.callers ?? 'open')
  await using fuzzed = await startFuzzed(callers)
  const schema = createSchema()
  const endsAtMs = performance.now() + timeoutMs
  const findings: Finding[] = []
  const statuses: Record<number, number> = {}
  let slowestMs = 0
  let at = from
  for (; at < from + runs && performance.now() < endsAtMs; at += 1) {
    if (findings.length >= MOST_FINDINGS) break
    const request = writeRequest(schema, new Dice(seed, 'fuzz', at))
    const credentials = callers.credentials(new Dice(seed, 'callers', at))
    const { status, cpuMs, faults } = await fuzzed.try(withCredentials(request, credentials))
    statuses[status] = (statuses[status] ?? 0) + 1
    slowestMs = Math.max(slowestMs, cpuMs)
    if (faults.length > 0)
      findings.push({ case: at, kind: request.kind, faults, request: describe(request) })
  }
  const leaks = await fuzzed.leaksInMetrics()
  if (leaks.length > 0) findings.push({ case: at, kind: 'metrics', faults: leaks, request: '' })
  return { ran: at - from, findings, statuses, slowestMs }
}

interface Attempt {
  readonly request: FuzzRequest
  readonly credentials: Credentials
}

/** What a request brings itself counts, and is no account of anyone. */
function withCredentials(request: FuzzRequest, credentials: Credentials): Attempt {
  const isOwn = request.isRaw || 'authorization' in request.headers
  const needsNone = Object.keys(credentials.headers).length === 0
  return {
    request: { ...request, headers: { ...credentials.headers, ...request.headers } },
    credentials: isOwn && !needsNone ? { ...credentials, scopes: undefined } : credentials,
  }
}

interface Tried {
  readonly status: number
  readonly cpuMs: number
  readonly faults: readonly string[]
}

interface FuzzedGateway extends AsyncDisposable {
  try(attempt: Attempt): Promise<Tried>
  /** What is in metrics and belongs there in no case. */
  leaksInMetrics(): Promise<string[]>
}

const NOT_TRIED: Outcome = { status: 0, headers: '', body: 'not tried', cpuMs: 0 }

async function startFuzzed({ choices }: FuzzCallers): Promise<FuzzedGateway> {
  const emulator = { recordCount: 60, days: 10 }
  const gateway = await startWatchedGateway({ ...choices, emulator, maxUpstreamCalls: 20 })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })

  return {
    async try({ request, credentials }) {
      let outcome = NOT_TRIED
      const cpuMs = await leastOfThree(MOST_CPU_MS, async () => {
        gateway.emulator.clearCalls()
        outcome = await exchange(gateway.origin, agent, request)
        return outcome.cpuMs
      })
      const written = gateway.takeWritten()
      const faults = faultsOf({
        outcome: { ...outcome, cpuMs },
        written,
        upstreamCalls: gateway.emulator.callLines().length,
        leaksIn: gateway.leaksIn,
        credentials,
      })
      return { ...outcome, cpuMs, faults }
    },
    leaksInMetrics: gateway.leaksInMetrics,
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await gateway[Symbol.asyncDispose]()
    },
  }
}

const describe = ({ method, path, headers, body }: FuzzRequest): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${body?.toString() ?? ''}`.slice(0, 2000)
