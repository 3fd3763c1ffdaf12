import type { Comparison, Measure } from './compare.ts'
import type { CompressedAnswer } from './compression.ts'
import type { describeMachine } from './machine.ts'
import type { Options } from './options.ts'
import type { Visit } from './page.ts'
import type { ScaleColumn } from './scale.ts'
import type { StartTimes } from './start-time.ts'
import { formatTable } from './table.ts'

/** All that a run measured; what it was not asked for is left out. */
export interface Report {
  readonly machine: ReturnType<typeof describeMachine>
  readonly options: Options
  readonly starts?: StartTimes
  readonly operations?: readonly Comparison[]
  readonly scale?: readonly ScaleColumn[]
  readonly compression?: readonly CompressedAnswer[]
  readonly page?: readonly Visit[]
}

/** The report as plain text for a terminal. */
export function formatReport(report: Report): string {
  const { machine, options, starts, operations, scale, compression, page } = report
  const { connections, rounds, seconds } = options
  const parts = [
    `${machine.cores} cores (${machine.processor}), Node ${machine.node}, ${machine.platform}`,
    operations &&
      `Operations: ${connections} connections, ${rounds} rounds of about ${seconds} s for each server by turns\n${operationTable(operations)}`,
    starts && `From start to first answer:\n${startTable(starts)}`,
    scale &&
      `Upstream calls / time as the list grows, on processes that start cold:\n${scaleTable(scale)}`,
    compression &&
      `Bytes of an answer, and microseconds to compress it:\n${compressionTable(compression)}`,
    page && `GraphiQL in Chromium, medians:\n${pageTable(page)}`,
  ]
  return `${parts.filter(part => part !== undefined).join('\n\n')}\n`
}

const operationTable = (operations: readonly Comparison[]) =>
  formatTable([
    [
      'operation',
      'server',
      'req/s',
      'p50 ms',
      'p99 ms',
      'CPU ms/req',
      'calls/req',
      'MiB',
      'CPU ratio',
    ],
    ...operations.flatMap(({ title, gateway, handWritten, cpuRatio, cpuRatios }) => [
      [title, 'gateway', ...measureCells(gateway), ratioCell(cpuRatio, cpuRatios)],
      ['', 'hand-written', ...measureCells(handWritten), '1'],
    ]),
  ])

const measureCells = (measure: Measure) => [
  measure.requestsPerSecond.toFixed(1),
  measure.p50Ms.toFixed(2),
  measure.p99Ms.toFixed(2),
  measure.cpuMsPerRequest.toFixed(3),
  measure.upstreamCallsPerRequest.toFixed(2),
  measure.peakMiB.toFixed(0),
]

/** The median, and in brackets the least and the greatest. */
const ratioCell = (median: number, ratios: readonly number[]) =>
  `${[median, Math.min(...ratios)].map(value => value.toFixed(2)).join(' (')}-${Math.max(...ratios).toFixed(2)})`

const startTable = ({ starts, onUpstreamMs, onEmbeddedEmulatorMs }: StartTimes) =>
  formatTable([
    [`median of ${starts}`, 'ms'],
    ['on an upstream', onUpstreamMs.toFixed(0)],
    ['on the embedded emulator', onEmbeddedEmulatorMs.toFixed(0)],
  ])

function scaleTable(columns: readonly ScaleColumn[]): string {
  const titles = columns[0]?.cells.map(({ title }) => title) ?? []
  const cell = ({ cells }: ScaleColumn, title: string) => {
    const found = cells.find(each => each.title === title)
    return found ? `${found.upstreamCalls} / ${found.ms.toFixed(1)} ms` : ''
  }
  return formatTable([
    ['', ...columns.map(column => `${column.recordCount} in ${column.days} days`)],
    ...titles.map(title => [title, ...columns.map(column => cell(column, title))]),
  ])
}

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
