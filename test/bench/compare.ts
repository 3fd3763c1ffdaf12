import { deepStrictEqual } from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { type Contender, startGateway, startHandWritten } from './contender.ts'
import { dataOf, fetchAnswer } from './http.ts'
import { applyLoad, type Load } from './load.ts'
import type { Operation } from './operations.ts'
import type { Options } from './options.ts'
import { rowsGiven } from './rows.ts'
import { median, percentile, sum } from './statistics.ts'
import { type Traffic, trafficBetween, type Upstream } from './upstream.ts'
import { cpuMsOf, peakMiBOf } from './usage.ts'

export interface Measure {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuMsPerRequest: number
  readonly upstreamCallsPerRequest: number
  readonly upstreamRowsPerRequest: number
  readonly peakMiB: number
}

export interface Comparison {
  readonly name: string
  readonly title: string
  readonly gateway: Measure
  readonly handWritten: Measure
  /** The rows of the answer, which is the same from both. */
  readonly rowsGiven: number
  /** The gateway's CPU time by the hand-written client's, of loads one after the other. */
  readonly cpuRatios: readonly number[]
  readonly cpuRatio: number
}

interface Round extends Load {
  readonly cpuMs: number
  readonly upstream: Traffic
}

/** A server that is warm, with what it answers and how fast. */
interface Lane {
  readonly contender: Contender
  readonly expected: string
  readonly requests: number
  readonly rounds: Round[]
}

const MOST_REQUESTS = 200_000
const SETTLE_MS = 300

/** Loads the two servers by turns, so that what the machine does besides befalls both. */
export async function compare(
  operation: Operation,
  upstream: Upstream,
  options: Options,
): Promise<Comparison> {
  await using gateway = await startGateway(options, upstream.url)
  await using handWritten = await startHandWritten(options, upstream.url)
  return await compareBoth(gateway, handWritten, operation, upstream, options)
}

/** Loads one server and another by turns. */
export async function compareBoth(
  gateway: Contender,
  other: Contender,
  operation: Operation,
  upstream: Upstream,
  options: Options,
): Promise<Comparison> {
  const lanes = [
    await warmUp(gateway, operation, options),
    await warmUp(other, operation, options),
  ] as const
  const data = lanes.map(({ expected }) => dataOf(expected))
  // Every answer under load is compared with these, so that all are the same.
  deepStrictEqual(data[0], data[1])
  for (let round = 0; round < options.rounds; round++) {
    for (const lane of lanes) lane.rounds.push(await measure(lane, operation, upstream, options))
  }
  const [ours, theirs] = lanes.map(({ rounds }) => rounds.map(costOf)) as [number[], number[]]
  const cpuRatios = ours.map((cost, round) => cost / (theirs[round] ?? Number.NaN))
  return {
    name: operation.name,
    title: operation.title,
    gateway: summarise(lanes[0]),
    handWritten: summarise(lanes[1]),
    rowsGiven: rowsGiven(data[0]),
    cpuRatios,
    cpuRatio: median(cpuRatios),
  }
}

async function warmUp(
  contender: Contender,
  operation: Operation,
  { warmUpSeconds, connections, seconds }: Options,
): Promise<Lane> {
  const request = contender.requestFor(operation)
  const expected = await fetchAnswer(request)
  const load = await applyLoad(request, expected, connections, { seconds: warmUpSeconds })
  const requests = Math.round((load.requests / load.seconds) * seconds)
  const bounded = Math.min(MOST_REQUESTS, Math.max(connections, requests))
  return { contender, expected, requests: bounded, rounds: [] }
}

async function measure(
  { contender, expected, requests }: Lane,
  operation: Operation,
  upstream: Upstream,
  { connections, seconds }: Options,
): Promise<Round> {
  // What the load before left under way is not to be counted.
  await wait(SETTLE_MS)
  const [before, cpuMs] = [await upstream.traffic(), cpuMsOf(contender.pid)]
  const request = contender.requestFor(operation)
  const load = await applyLoad(request, expected, connections, { seconds, requests })
  const spentMs = cpuMsOf(contender.pid) - cpuMs
  return { ...load, cpuMs: spentMs, upstream: trafficBetween(before, await upstream.traffic()) }
}

const costOf = ({ cpuMs, requests }: Round) => cpuMs / requests

function summarise({ contender, rounds }: Lane): Measure {
  const requests = sum(rounds.map(round => round.requests))
  const latenciesMs = rounds.flatMap(round => round.latenciesMs)
  return {
    requestsPerSecond: requests / sum(rounds.map(({ seconds }) => seconds)),
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    cpuMsPerRequest: sum(rounds.map(({ cpuMs }) => cpuMs)) / requests,
    upstreamCallsPerRequest: sum(rounds.map(({ upstream }) => upstream.calls)) / requests,
    upstreamRowsPerRequest: sum(rounds.map(({ upstream }) => upstream.rows)) / requests,
    peakMiB: peakMiBOf(contender.pid),
  }
}
