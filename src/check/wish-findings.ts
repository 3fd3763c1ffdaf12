import { LONG_AGO } from '../upstream/days.ts'
import type { UpstreamPage } from '../upstream/page.ts'
import {
  type DayRange,
  listAgentRemoteRecords,
  listRemoteRecords,
  type RemoteRecordResource,
} from '../upstream/remote-record.ts'
import { type Finding, finding } from './finding.ts'
import type { Probe } from './probe.ts'

/** Whether the upstream gives what is asked for: the page, the days, the agent. */

type Page = UpstreamPage<RemoteRecordResource>

const ROWS = 100
const DAY_MS = 86_400_000

/** The first row of a list is on its first page, however many rows that has. */
export async function aboutFirstPage(probe: Probe, first: Page): Promise<Finding> {
  const ask = (perPage: number) =>
    probe.ask(session => listRemoteRecords(session, { page: 1, perPage }))
  if (first.size === 0)
    return first.count ? notTheFirst(first) : finding('first page', 'unknown', 'no records')
  const [row] = (await ask(1)).value?.rows ?? []
  if (row === undefined) return finding('first page', 'unknown', 'no page of one record')
  const has = (page: Page | undefined) => page?.rows.some(({ csId }) => csId === row.csId) ?? false
  // One may have come meanwhile.
  return has(first) || has((await ask(ROWS)).value)
    ? finding('first page', 'ok', 'page 1')
    : notTheFirst(first)
}

/** The gateway asks for page 0 if page 1 states one before it. */
const notTheFirst = ({ hasPrevious }: Page): Finding =>
  hasPrevious
    ? finding('first page', 'note', 'page 0: it is asked for as soon as page 1 was read')
    : finding('first page', 'fail', 'not page 1: the first rows of lists are not given')

export async function aboutDays(probe: Probe, first: Page): Promise<Finding> {
  const day = mostFrequent(first.rows.map(({ startedOn }) => startedOn))
  if (day === undefined) return finding('days', 'unknown', 'no record says when it began')
  const ask = (days: DayRange) =>
    probe.ask(session => listRemoteRecords(session, { page: 1, perPage: ROWS }, days))
  const before = await ask(LONG_AGO)
  if ((before.value?.size ?? 0) > 0)
    return finding('days', 'fail', 'they are ignored: records of all days are given')
  const within = await ask({ from: day, to: day })
  if (!within.value) return finding('days', 'fail', within.error.message)
  if (within.value.size === 0) return aboutEmptyDay(await ask({ from: day, to: dayAfter(day, 1) }))
  const given = mostFrequent(within.value.rows.map(({ startedOn }) => startedOn))
  return given === day || given === undefined
    ? finding('days', 'ok', 'both are included')
    : finding('days', 'note', 'most records of a day begin on another one')
}

const aboutEmptyDay = ({ value }: { readonly value?: Page | undefined }): Finding =>
  value && value.size > 0
    ? finding('days', 'fail', 'the last one is left out: ask for a day more')
    : finding('days', 'unknown', 'no records of a day on which some began')

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

function mostFrequent(days: readonly (string | null)[]): string | undefined {
  const counts = [...Map.groupBy(days, day => day)].filter(([day]) => day !== null)
  return counts.toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? undefined
}

export async function aboutAgent(probe: Probe, { rows }: Page): Promise<Finding> {
  const servicerId = rows.find(({ servicerId }) => servicerId !== null)?.servicerId
  if (!servicerId) return finding('one agent', 'unknown', 'no record names its agent')
  const { value, error } = await probe.ask(session =>
    listAgentRemoteRecords(session, servicerId, { page: 1, perPage: ROWS }),
  )
  if (error) return finding('one agent', 'fail', error.message)
  return value.size > 0
    ? finding('one agent', 'ok', 'records of that agent')
    : finding('one agent', 'note', 'no records of an agent who has some')
}
