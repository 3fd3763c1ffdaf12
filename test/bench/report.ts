import type { Comparison, Measure } from './compare.ts'
import type { CompressedAnswer } from './compression.ts'
import { type DocumentCost, documentCostTable } from './document-cost.ts'
import type { describeMachine } from './machine.ts'
import { isMet, type Mark, marksOf } from './marks.ts'
import type { Options } from './options.ts'
import type { Visit } from './page.ts'
import type { ScaleColumn } from './scale.ts'
import type { StartTimes } from './start-time.ts'
import type { StatisticsRun } from './statistics-load.ts'
import { formatTable } from './table.ts'

/** All that a run measured; what it was not asked for is left out. */
export interface Report {
  readonly machine: ReturnType<typeof describeMachine>
  readonly options: Options
  readonly starts?: StartTimes
  readonly operations?: readonly Comparison[]
  readonly warm?: readonly Comparison[]
  readonly safety?: readonly Comparison[]
  readonly documentCosts?: readonly DocumentCost[]
  readonly scale?: readonly ScaleColumn[]
  readonly statistics?: readonly StatisticsRun[]
  readonly compression?: readonly CompressedAnswer[]
  readonly page?: readonly Visit[]
}

/** The report as plain text for a terminal. */
export function formatReport(report: Report): string {
  const { machine, options, starts, operations, warm, safety, scale } = report
  const { statistics, compression, page, documentCosts } = report
  const { connections, rounds, seconds } = options
  const marks = marksOf(report)
  const parts = [
    `${machine.cores} cores (${machine.processor}), Node ${machine.node}, ${machine.platform}`,
    operations &&
      `Operations: ${connections} connections, ${rounds} rounds of about ${seconds} s for each server by turns\n${operationTable(operations)}`,
    warm &&
      `Operations of which all is held, beside a static file of the same bytes:\n${operationTable(warm, 'static file')}`,
    safety &&
      `With a protection, beside the same gateway without it:\n${operationTable(safety, 'without')}`,
    documentCosts &&
      `CPU time of a document that was not asked before, and of the limits that are looked at for it:\n${documentCostTable(documentCosts)}`,
    starts && `From start to first answer:\n${startTable(starts)}`,
    scale &&
      `Upstream calls / rows received / time as the list grows, on processes that start cold:\n${scaleTable(scale)}`,
    statistics &&
      `All groups of the records of a year, in one process after the other:\n${statisticsTable(statistics)}`,
    compression &&
      `Bytes of an answer, and microseconds to compress it:\n${compressionTable(compression)}`,
    marks.length > 0 && `What the gateway should reach:\n${markTable(marks)}`,
    page && `GraphiQL in Chromium, medians:\n${pageTable(page)}`,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const operationTable = (operations: readonly Comparison[], other = 'hand-written') =>
  formatTable([
    [
      'operation',
      'server',
      'req/s',
      'p50 ms',
      'p99 ms',
      'CPU ms/req',
      'calls/req',
      'rows/req',
      'rows/given',
      'MiB',
      'CPU ratio',
    ],
    ...operations.flatMap(({ title, gateway, handWritten, rowsGiven, cpuRatio, cpuRatios }) => [
      [title, 'gateway', ...measureCells(gateway, rowsGiven), ratioCell(cpuRatio, cpuRatios)],
      ['', other, ...measureCells(handWritten, rowsGiven), '1'],
    ]),
  ])

const measureCells = (measure: Measure, rowsGiven: number) => [
  measure.requestsPerSecond.toFixed(1),
  measure.p50Ms.toFixed(2),
  measure.p99Ms.toFixed(2),
  measure.cpuMsPerRequest.toFixed(3),
  measure.upstreamCallsPerRequest.toFixed(2),
  measure.upstreamRowsPerRequest.toFixed(1),
  rowsGiven === 0 ? '' : (measure.upstreamRowsPerRequest / rowsGiven).toFixed(2),
  measure.peakMiB.toFixed(0),
]

/** The median, and in brackets the least and the greatest. */
const ratioCell = (median: number, ratios: readonly number[]) =>
  `${[median, Math.min(...ratios)].map(value => value.toFixed(2)).join(' (')}-${Math.max(...ratios).toFixed(2)})`

const startTable = (times: StartTimes) =>
  formatTable([
    [`median of ${times.starts}`, 'ms', 'ratio'],
    ['gateway', times.onUpstreamMs.toFixed(0), ratioCell(times.ratio, times.ratios)],
    ['hand-written', times.handWrittenMs.toFixed(0), '1'],
    ['gateway on its embedded emulator', times.onEmbeddedEmulatorMs.toFixed(0)],
  ])

function scaleTable(columns: readonly ScaleColumn[]): string {
  const titles = columns[0]?.cells.map(({ title }) => title) ?? []
  const cell = ({ cells }: ScaleColumn, title: string) => {
    const found = cells.find(each => each.title === title)
    return found ? `${found.calls} / ${found.rows} / ${found.ms.toFixed(1)} ms` : ''
  }
  return formatTable([
    ['', ...columns.map(column => `${column.recordCount} in ${column.days} days`)],
    ...titles.map(title => [title, ...columns.map(column => cell(column, title))]),
  ])
}

const statisticsTable = (runs: readonly StatisticsRun[]) =>
  formatTable([
    ['records', '', 'calls', 'ms', 'MiB before', 'MiB at most', 'longest wait beside, ms'],
    ...runs.map(({ recordCount, title, calls, ms, startMiB, peakMiB, longestWaitMs }) => [
      String(recordCount),
      title,
      String(calls),
      ms.toFixed(0),
      startMiB.toFixed(0),
      peakMiB.toFixed(0),
      Number.isNaN(longestWaitMs) ? '' : longestWaitMs.toFixed(0),
    ]),
  ])

const markTable = (marks: readonly Mark[]) =>
  formatTable([
    ['', 'measured', 'at most', ''],
    ...marks.map(mark => [
      mark.title,
      mark.measured.toFixed(2),
      mark.atMost.toFixed(2),
      isMet(mark) ? 'met' : 'MISSED',
    ]),
  ])

const compressionTable = (answers: readonly CompressedAnswer[]) =>
  formatTable([
    ['', 'plain', ...(answers[0]?.ways.map(({ title }) => title) ?? [])],
    ...answers.map(({ title, bytes, ways }) => [
      title,
      `${bytes}`,
      ...ways.map(({ bytes, microseconds }) => `${bytes} / ${microseconds.toFixed(0)}`),
    ]),
  ])

const pageTable = (visits: readonly Visit[]) =>
  formatTable([
    ['', 'KB over the wire', 'ms until ready', 'ms until the first answer'],
    ...visits.map(({ title, bytes, readyMs, answerMs }) => [
      title,
      (bytes / 1000).toFixed(0),
      readyMs.toFixed(0),
      answerMs.toFixed(0),
    ]),
  ])
