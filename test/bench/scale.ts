import assert from 'node:assert/strict'
import { startGateway } from './contender.ts'
import { dataOf, fetchAnswer, graphqlRequest } from './http.ts'
import type { Options } from './options.ts'
import { rowsGiven } from './rows.ts'
import { CS_ID_STEP, explore, type Step, WALKS } from './scale-walks.ts'
import { median } from './statistics.ts'
import { startUpstream, trafficBetween, type Upstream } from './upstream.ts'

/** What one step cost: the most upstream calls and rows, and the median time, of its repetitions. */
interface ScaleCell {
  readonly title: string
  readonly calls: number
  readonly rows: number
  readonly ms: number
  /** What it should cost at most, if anything is said of it. */
  readonly mostCalls: number | undefined
  readonly mostRows: number | undefined
}

export interface ScaleColumn {
  readonly recordCount: number
  readonly days: number
  readonly cells: readonly ScaleCell[]
}

const SIZES = [
  { recordCount: 2_000, days: 90 },
  { recordCount: 200_000, days: 365 },
  { recordCount: 10_000_000, days: 3_650 },
] as const
const REPETITIONS = 3

/** Calls and time of a list's first, middle and last pages and of lookups, as the list grows. */
export async function measureScale(
  options: Options,
  tell: (progress: string) => void,
): Promise<ScaleColumn[]> {
  const columns: ScaleColumn[] = []
  for (const size of SIZES) {
    tell(`scale: ${size.recordCount} records`)
    await using upstream = await startUpstream({ ...size, csIdStep: CS_ID_STEP })
    columns.push({ ...size, cells: await measureSize(upstream, options) })
  }
  return columns
}

async function measureSize(upstream: Upstream, options: Options): Promise<ScaleCell[]> {
  const marks = await onFreshGateway(upstream, options, [], explore)
  const steps: ScaleCell[] = []
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const walk of WALKS)
      await onFreshGateway(upstream, options, steps, step => walk(step, marks))
  }
  return [...Map.groupBy(steps, ({ title }) => title).values()].map(summarise)
}

function summarise(same: readonly ScaleCell[]): ScaleCell {
  const [dearest] = same.toSorted((a, b) => b.rows - a.rows)
  assert(dearest)
  return {
    ...dearest,
    calls: Math.max(...same.map(({ calls }) => calls)),
    ms: median(same.map(({ ms }) => ms)),
  }
}

async function onFreshGateway<Result>(
  upstream: Upstream,
  options: Options,
  steps: ScaleCell[],
  walk: (step: Step) => Promise<Result>,
): Promise<Result> {
  // It has answered once, without the upstream, so that its start does not count.
  await using gateway = await startGateway(options, upstream.url)
  return await walk(async ({ title, mostCalls, mostRows }, document, variables) => {
    const before = await upstream.traffic()
    const startedAtMs = performance.now()
    const answer = await fetchAnswer(graphqlRequest(gateway.origin, document, variables))
    const ms = performance.now() - startedAtMs
    const traffic = trafficBetween(before, await upstream.traffic())
    const reading = { calls: traffic.calls, rowsGiven: rowsGiven(dataOf(answer)) }
    steps.push({ title, ...traffic, ms, mostCalls, mostRows: mostRows?.(reading) })
    return dataOf(answer)
  })
}
