import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startChild } from './child.ts'
import { startGateway, TYPENAME } from './contender.ts'
import { fetchAnswer, graphqlRequest } from './http.ts'
import type { Options } from './options.ts'
import { startUpstream, trafficBetween, type Upstream } from './upstream.ts'
import { peakMiBOf } from './usage.ts'

/** What it took to add up the records of a year. */
export interface StatisticsRun {
  readonly recordCount: number
  readonly title: string
  readonly calls: number
  readonly ms: number
  /** Of the process, at its most; it had this much before it began. */
  readonly peakMiB: number
  readonly startMiB: number
  /** The longest that another caller waited for `{ __typename }`; NaN if nobody else could ask. */
  readonly longestWaitMs: number
}

const SIZES = [10_000, 100_000, 300_000]
const DAYS = 365
const PLAIN_FOLD = fileURLToPath(new URL('plain-fold.ts', import.meta.url))
const BESIDE_MS = 5
const ENVIRONMENT = { MAX_UPSTREAM_CALLS: '5000', OPERATION_DEADLINE_MS: '600000' }

const STATISTICS = `query ($days: DateRange!) {
  remoteRecordStatistics(createdOn: $days) {
    count price paidPrice resolvedCount duration { mean p90: percentile(p: 90) }
    byDay { day count price } byHour { hour count } byAgent { agent { servicerId } count price duration { p50: percentile(p: 50) } }
    byStatus { status count } byRating { rating count } byPaymentStatus { paymentStatus price }
    byProblemType(level: 3) { problemType { optionId } count } byCompany { companyName count }
  }
}`

/** All groups of the records of a year, cold and again, beside a loop over the pages. */
export async function measureStatistics(
  options: Options,
  tell: (progress: string) => void,
): Promise<StatisticsRun[]> {
  const runs: StatisticsRun[] = []
  for (const recordCount of SIZES) {
    tell(`statistics: ${recordCount} records`)
    await using upstream = await startUpstream({ recordCount, days: DAYS })
    const of = { recordCount, upstream, days: yearUntil(Date.now()) }
    runs.push(...(await measureGateway(options, of)), await measurePlainFold(of))
  }
  return runs
}

interface Year {
  readonly recordCount: number
  readonly upstream: Upstream
  readonly days: { readonly from: string; readonly to: string }
}

const DAY_MS = 86_400_000
const dayOf = (ms: number) => new Date(ms + DAY_MS / 3).toISOString().slice(0, 10)
const yearUntil = (ms: number) => ({ from: dayOf(ms - (DAYS - 1) * DAY_MS), to: dayOf(ms) })

async function measureGateway(options: Options, year: Year): Promise<StatisticsRun[]> {
  const { upstream, days } = year
  await using gateway = await startGateway(options, upstream.url, TYPENAME, ENVIRONMENT)
  const ask = async () => {
    await fetchAnswer(graphqlRequest(gateway.origin, STATISTICS, { days }))
  }
  const askBeside = () => fetchAnswer(graphqlRequest(gateway.origin, TYPENAME.document))
  const runs: StatisticsRun[] = []
  for (const title of ['gateway, cold', 'gateway, again']) {
    const startMiB = peakMiBOf(gateway.pid)
    const [measured, longestWaitMs] = await besides(measure(upstream, ask), askBeside)
    const peakMiB = peakMiBOf(gateway.pid)
    runs.push({
      ...measured,
      recordCount: year.recordCount,
      title,
      startMiB,
      peakMiB,
      longestWaitMs,
    })
  }
  return runs
}

/** The longest wait for one answer after another, as long as something goes on. */
async function besides<Result>(
  going: Promise<Result>,
  ask: () => Promise<unknown>,
): Promise<[Result, number]> {
  let isOver = false
  const over = going.finally(() => {
    isOver = true
  })
  let longestMs = 0
  while (!isOver) {
    const startedAtMs = performance.now()
    await ask()
    longestMs = Math.max(longestMs, performance.now() - startedAtMs)
    await wait(BESIDE_MS)
  }
  return [await over, longestMs]
}

async function measurePlainFold({ recordCount, upstream, days }: Year): Promise<StatisticsRun> {
  await using child = startChild({ args: [PLAIN_FOLD], hasChannel: true })
  const answered = () => Promise.race([once(child.process, 'message'), child.ended])
  await answered()
  const startMiB = peakMiBOf(child.pid)
  const measured = await measure(upstream, async () => {
    const answer = answered()
    child.process.send([upstream.url, days.from, days.to])
    await answer
  })
  const peakMiB = peakMiBOf(child.pid)
  const title = 'a loop over the pages'
  return { ...measured, recordCount, title, startMiB, peakMiB, longestWaitMs: Number.NaN }
}

async function measure(upstream: Upstream, run: () => Promise<void>) {
  const before = await upstream.traffic()
  const startedAtMs = performance.now()
  await run()
  const ms = performance.now() - startedAtMs
  return { ms, calls: trafficBetween(before, await upstream.traffic()).calls }
}
