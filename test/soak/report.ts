import { percentile, sum } from '../bench/statistics.ts'
import type { Asked } from './load.ts'

export interface Outage {
  readonly beganAtMs: number
  readonly endedAtMs: number
  /** Calls that came meanwhile. */
  readonly calls: number
}

export interface Report {
  readonly asked: readonly Asked[]
  /** Calls of the upstream in the whole run. */
  readonly calls: number
  /** CPU time of the gateway. */
  readonly cpuMs: number
  readonly peakMiB: number
  readonly slopeMiB: number
  /** The same once the first ten minutes are over, of a run that is long enough. */
  readonly laterSlopeMiB?: number
  readonly sockets: number
  readonly outage?: Outage
}

const VERDICTS = ['whole', 'stale', 'partial', 'failed', 'wrong', 'foreign'] as const

const ANSWERED = ['whole', 'stale', 'partial'] as const

export const countOf = ({ asked }: Report, verdict: Asked['verdict']) =>
  asked.filter(each => each.verdict === verdict).length

export function formatReport(report: Report): string {
  const { asked, calls, cpuMs, peakMiB, slopeMiB, laterSlopeMiB, sockets, outage } = report
  const durations = asked.map(({ durationMs }) => durationMs)
  const needed = sum(asked.map(({ neededCalls }) => neededCalls))
  const share = (count: number) => `${count} (${((100 * count) / asked.length).toFixed(2)} %)`
  const lines: [string, string][] = [
    ['operations', String(asked.length)],
    ['answered', share(sum(ANSWERED.map(verdict => countOf(report, verdict))))],
    ...VERDICTS.map((each): [string, string] => [each, share(countOf(report, each))]),
    ...codeLines(asked),
    ['p50 ms', percentile(durations, 0.5).toFixed(0)],
    ['p99 ms', percentile(durations, 0.99).toFixed(0)],
    ['calls / needed', (calls / needed).toFixed(3)],
    ['CPU ms / operation', (cpuMs / asked.length).toFixed(2)],
    ['peak MiB', peakMiB.toFixed(0)],
    ['MiB in 10 minutes', slopeMiB.toFixed(1)],
    ...(laterSlopeMiB === undefined ? [] : [laterLine(laterSlopeMiB)]),
    ['sockets at the end', String(sockets)],
    ...(outage ? outageLines(asked, outage) : []),
  ]
  const width = Math.max(...lines.map(([name]) => name.length))
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('')
}

const laterLine = (slopeMiB: number): [string, string] => [
  '  after the first 10',
  slopeMiB.toFixed(1),
]

/** How many operations have each code. */
function codeLines(asked: readonly Asked[]): [string, string][] {
  const counts = new Map<string, number>()
  for (const { codes } of asked)
    for (const code of new Set(codes)) counts.set(code, (counts.get(code) ?? 0) + 1)
  return Array.from(counts, ([code, count]) => [`  ${code}`, String(count)])
}

function outageLines(asked: readonly Asked[], outage: Outage): [string, string][] {
  const { beganAtMs, endedAtMs, calls } = outage
  const during = asked.filter(each => each.beganAtMs >= beganAtMs && each.beganAtMs < endedAtMs)
  // What was held needs no upstream, and so says nothing of its return.
  const answeredAtMs = asked
    .filter(({ verdict, madeCalls }) => verdict === 'whole' && madeCalls > 0)
    .map(each => each.beganAtMs + each.durationMs)
    .filter(atMs => atMs > endedAtMs)
  const firstMs = Math.min(...answeredAtMs) - endedAtMs
  // Each operation fails with its first calls, so at least one of each is needed.
  return [
    ['calls / operations in the outage', (calls / during.length).toFixed(3)],
    ['first answer by calls after it, ms', firstMs.toFixed(0)],
  ]
}
