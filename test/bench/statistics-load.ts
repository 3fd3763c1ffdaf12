import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startChild } from './child.ts'
import { startGateway, TYPENAME } from './contender.ts'
import { fetchAnswer, graphqlRequest } from './http.ts'
import type { Options } from './options.ts'
import { median } from './statistics.ts'
import { startUpstream, trafficBetween, type Upstream } from './upstream.ts'
import { peakMiBOf } from './usage.ts'

/** What it took to answer one question about the records of a year. */
export interface StatisticsRun {
  /** As the answer counts them. */
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
const DAYS_WITH_TODAY = DAYS + 1
const PLAIN_FOLD = fileURLToPath(new URL('plain-fold.ts', import.meta.url))
const BESIDE_MS = 5
const WARM_TIMES = 5
/** The cache is as large as by default. */
const ENVIRONMENT = {
  CACHE_MIB: '64',
  MAX_UPSTREAM_CALLS: '5000',
  OPERATION_DEADLINE_MS: '600000',
}

const statistics = (selection: string, filter = '') =>
  `query ($days: DateRange!) {
    statistics: remoteRecordStatistics(createdOn: $days${filter}) { count ${selection} }
  }`

const ALL_GROUPS =
  statistics(`price paidPrice resolvedCount duration { mean p90: percentile(p: 90) }
  byDay { day count price } byHour { hour count } byAgent { agent { servicerId } count price duration { p50: percentile(p: 50) } }
  byStatus { status count } byRating { rating count } byPaymentStatus { paymentStatus price }
  byProblemType(level: 3) { problemType { optionId } count } byCompany { companyName count }`)

/** What is asked once all records were read. Written another way, so that no whole answer is held. */
const WARM_QUESTIONS = [
  ['the same written anew', ALL_GROUPS],
  ['another group', statistics('byProblemType(level: 2) { problemType { optionId } count }')],
  [
    'under a filter',
    statistics('byDay { day count price }', ', filter: { isResolved: false, hasChat: true }'),
  ],
] as const

/** All groups of the records of a year, cold and warm, beside a loop over the pages. */
export async function measureStatistics(
  options: Options,
  tell: (progress: string) => void,
): Promise<StatisticsRun[]> {
  const runs: StatisticsRun[] = []
  for (const recordCount of SIZES) {
    tell(`statistics: ${recordCount} records`)
    await using upstream = await startUpstream({
      recordCount: Math.round((recordCount * DAYS_WITH_TODAY) / DAYS),
      days: DAYS_WITH_TODAY,
    })
    const year = { upstream, days: yearBefore(Date.now()) }
    const ofGateway = await measureGateway(options, year)
    const ofLoop = await measurePlainFold(year)
    if (ofGateway[0]?.recordCount !== ofLoop.recordCount)
      throw new Error(`Expected as many records by the gateway as by the loop of ${recordCount}.`)
    runs.push(...ofGateway, ofLoop)
  }
  return runs
}

interface Year {
  readonly upstream: Upstream
  readonly days: { readonly from: string; readonly to: string }
}

const DAY_MS = 86_400_000
const dayOf = (ms: number) => new Date(ms + DAY_MS / 3).toISOString().slice(0, 10)
/** Days that are over, as they are held. Upstream and gateway go by the clock of this machine, too. */
const yearBefore = (ms: number) => ({ from: dayOf(ms - DAYS * DAY_MS), to: dayOf(ms - DAY_MS) })

async function measureGateway(options: Options, year: Year): Promise<StatisticsRun[]> {
  const { upstream, days } = year
  await using gateway = await startGateway(options, upstream.url, TYPENAME, ENVIRONMENT)
  const ask = async (source: string): Promise<number> => {
    const answer = await fetchAnswer(graphqlRequest(gateway.origin, source, { days }))
    return countIn(answer)
  }
  const askBeside = () => fetchAnswer(graphqlRequest(gateway.origin, TYPENAME.document))
  const run = async (title: string, sources: readonly string[]): Promise<StatisticsRun> => {
    const startMiB = peakMiBOf(gateway.pid)
    const measured = measure(upstream, ask, sources)
    const [ofRun, longestWaitMs] = await besides(measured, askBeside)
    const peakMiB = peakMiBOf(gateway.pid)
    return { ...ofRun, title: `gateway, ${title}`, startMiB, peakMiB, longestWaitMs }
  }
  const runs = [
    await run('cold', [ALL_GROUPS]),
    await run('the same again', new Array(WARM_TIMES).fill(ALL_GROUPS)),
  ]
  for (const [title, source] of WARM_QUESTIONS) runs.push(await run(title, writtenAnew(source)))
  return runs
}

const writtenAnew = (source: string) =>
  Array.from({ length: WARM_TIMES }, (_, time) => source.replace('query', `query Time${time}`))

function countIn(answer: string): number {
  const { data, errors } = JSON.parse(answer) as Answer
  if (errors || !data?.statistics) throw new Error(`Expected statistics, got ${answer}`)
  return data.statistics.count
}

interface Answer {
  readonly data?: { readonly statistics: { readonly count: number } | null }
  readonly errors?: unknown
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

async function measurePlainFold({ upstream, days }: Year): Promise<StatisticsRun> {
  await using child = startChild({ args: [PLAIN_FOLD], hasChannel: true })
  const answered = () => Promise.race([once(child.process, 'message'), child.ended])
  await answered()
  const startMiB = peakMiBOf(child.pid)
  const read = async () => {
    const answer = answered()
    child.process.send([upstream.url, days.from, days.to])
    const [{ count }] = await answer
    return count as number
  }
  const measured = await measure(upstream, read, [''])
  const peakMiB = peakMiBOf(child.pid)
  const title = 'a loop over the pages, each time'
  return { ...measured, title, startMiB, peakMiB, longestWaitMs: Number.NaN }
}

/** Calls of all times together, and the median of their milliseconds. */
async function measure(
  upstream: Upstream,
  ask: (source: string) => Promise<number>,
  sources: readonly string[],
) {
  const before = await upstream.traffic()
  const took: number[] = []
  let recordCount = Number.NaN
  for (const source of sources) {
    const startedAtMs = performance.now()
    recordCount = await ask(source)
    took.push(performance.now() - startedAtMs)
  }
  const { calls } = trafficBetween(before, await upstream.traffic())
  return { recordCount, ms: median(took), calls }
}
