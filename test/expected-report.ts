import { AGENTS } from '../src/emulator/content/words/agents.ts'
import type { Emulator } from '../src/emulator/emulator.ts'
import {
  HISTORIES,
  HISTORIES_V2,
  type Row,
  read,
  serviceSummary,
  walk,
} from './emulator/calling.ts'

interface ExpectedReport {
  readonly text: string
  /** Of all services, oldest first. */
  readonly csIds: readonly number[]
}

/**
 * The consumer's report as it must be, made from the emulator's REST answers alone. `unknown` are
 * the services whose summaries cannot be read.
 */
export async function expectedReport(
  emulator: Emulator,
  { from, to }: { readonly from: string; readonly to: string },
  unknown: readonly number[] = [],
): Promise<ExpectedReport> {
  const window = `?starttime=${from}&endtime=${to}&per_page=100`
  const rows = inOrder(await walk(emulator, HISTORIES + window))
  const labels = inOrder(await walk(emulator, HISTORIES_V2 + window)).map(row => row.ptId)
  const states = await Promise.all(rows.map(row => summaryStatus(emulator, row)))
  const withState = (state: string) =>
    listOf(rows.filter((row, at) => states[at] === state && !unknown.includes(row.csId)))
  const agents = Map.groupBy(rows, ({ csServicerId }) => String(csServicerId || 'nobody'))
  const text = [
    `Services from ${from} to ${to}`,
    '',
    'agent\tname\tnumber\tsolved\tpaid',
    ...[...agents].map(([id, handled]) => line(id, nameOf(id), ...figures(handled))),
    line('all', '', ...figures(rows)),
    '',
    'open\tday\tagent\tproblem',
    ...rows.flatMap((row, at) => {
      const isUnresolved = row.isFinish === 0 || row.isFinish === '0'
      const name = nameOf(String(row.csServicerId))
      return isUnresolved ? [line(row.csId, dayOf(row.csBTime), name, labels[at] ?? '')] : []
    }),
    '',
    `Summary not filled in: ${withState('120002')}`,
    `Summary without template: ${withState('120001')}`,
    `Summary not known, as it failed: ${listOf(rows.filter(row => unknown.includes(row.csId)))}`,
    '',
  ].join('\n')
  return { text, csIds: rows.map(({ csId }) => csId) }
}

const inOrder = (rows: readonly Row[]) => rows.toSorted((a, b) => a.csId - b.csId)

const line = (...cells: readonly unknown[]) => cells.join('\t')

const listOf = (rows: readonly Row[]) => rows.map(({ csId }) => csId).join(', ') || 'none'

const nameOf = (id: string) => AGENTS.find(agent => String(agent.id) === id)?.name ?? ''

async function summaryStatus(emulator: Emulator, { csId }: Row): Promise<string> {
  const { status } = await read<{ status: string }>(emulator, serviceSummary(csId))
  return status
}

function figures(rows: readonly Row[]): unknown[] {
  const resolved = rows.filter(({ isFinish }) => Number(isFinish) === 1)
  const fen = rows
    .filter(({ payStat }) => [1, 4].includes(Number(payStat)))
    .reduce((sum, { csPrice }) => sum + toFen(csPrice), 0n)
  return [rows.length, resolved.length, `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`]
}

function toFen(price: unknown): bigint {
  if (typeof price === 'number') return BigInt(Math.round(price * 100))
  return typeof price === 'string' ? BigInt(price.replace('.', '')) : 0n
}

/** `08-27` of `2017-8-27 9:05:07` as of `2017-08-27 09:05:07`. */
const dayOf = (time: unknown) =>
  typeof time === 'string' ? time.replace(/^\d+-| .*/g, '').replace(/\b\d\b/g, '0$&') : ''
