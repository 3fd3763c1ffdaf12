import type { UpstreamPage } from '../upstream/page.ts'
import { type LabelledRemoteRecord, RemoteRecordResource } from '../upstream/remote-record.ts'
import { counted, type Finding, finding } from './finding.ts'
import type { Asked, Probe } from './probe.ts'

type Page = UpstreamPage<RemoteRecordResource>

/** Newest first costs the fewest calls; any order is read right. `last` is the last of several pages. */
export function aboutOrder(first: Page, last: Page | undefined): Finding {
  const csIds = [...first.rows, ...(last?.rows ?? [])].map(({ csId }) => csId)
  if (csIds.length < 2) return finding('order', 'unknown', 'fewer than two records')
  const rises = csIds.slice(1).map((csId, at) => Math.sign(csId - (csIds[at] ?? csId)))
  if (rises.every(rise => rise < 0)) return finding('order', 'ok', 'newest first')
  if (rises.every(rise => rise > 0)) return finding('order', 'note', 'oldest first')
  return finding('order', 'note', 'not by csId: lists are read to their end')
}

/** `large` was asked for 500 rows, which is more than `first` was asked for. */
export function aboutPageCap(first: Page, large: Page | undefined): Finding {
  if (!large) return finding('page cap', 'note', 'a page of 500 is refused')
  const { count = large.size } = first
  if (first.size < Math.min(100, count))
    return finding('page cap', 'note', `${first.size} rows, though 100 were asked for`)
  if (large.size < Math.min(500, count)) return finding('page cap', 'ok', `${large.size} rows`)
  return finding('page cap', 'ok', 'none up to 500 rows')
}

export function aboutCount(first: Page, last: Page | undefined): Finding {
  const { count, size } = first
  if (count === undefined) return finding('count', 'note', 'none: ends are looked for')
  if (!last) return finding('count', size < count ? 'unknown' : 'ok', counted(count, 'record'))
  const rest = count - size * (Math.ceil(count / size) - 1)
  // Some may come while one looks.
  return Math.abs(last.size - rest) <= 2
    ? finding('count', 'ok', 'that of the rows that are there')
    : finding('count', 'note', 'not that of the rows that are there')
}

/** The list with ids of problem types, and the list with their texts. */
export function aboutTwoLists(
  first: Page,
  { value, error }: Asked<UpstreamPage<LabelledRemoteRecord>>,
): Finding {
  if (!value) return finding('both lists agree', 'fail', error.message)
  const labelled = new Set(value.rows.map(({ csId }) => csId))
  const shared = first.rows.filter(({ csId }) => labelled.has(csId)).length
  if (shared >= first.rows.length - 2) return finding('both lists agree', 'ok', 'the same records')
  return finding(
    'both lists agree',
    'note',
    `${shared} of ${first.rows.length} records are on the same page of both`,
  )
}

/** Reading a field is what finds that its value cannot be read. */
const GETTERS = Object.entries(Object.getOwnPropertyDescriptors(RemoteRecordResource.prototype))
  .filter(([, { get }]) => get)
  .map(([name]) => name)

/** The upstream's names of all fields of a record that this program reads. */
export const FIELDS: ReadonlySet<string> = fieldsThatAreRead()

function fieldsThatAreRead(): Set<string> {
  const names = new Set(['csId'])
  const row = new Proxy({}, { get: (_, name) => void names.add(String(name)) })
  readAll(new RemoteRecordResource(0, row, () => undefined))
  return names
}

function readAll(record: RemoteRecordResource): void {
  for (const name of GETTERS) Reflect.get(record, name)
}

/** Fields and values that the API's description does not have; by their names alone. */
export function* aboutFields(probe: Probe, { rows }: Page): Generator<Finding> {
  for (const record of rows) readAll(record)
  const unknown = [...probe.fieldNames].filter(name => !FIELDS.has(name))
  const missing = [...FIELDS].filter(name => rows.length > 0 && !probe.fieldNames.has(name))
  yield listed('fields', 'those of the description', [
    ...unknown.map(name => `${name.slice(0, 40)} is new`),
    ...missing.map(name => `${name} is missing`),
  ])
  yield listed('values', 'all are read', [
    ...[...probe.unreadable].map(name => `${name} cannot be read`),
    ...[...probe.oddities].map(kind => kind.replaceAll('-', ' ')),
  ])
}

const listed = (name: string, fine: string, odd: readonly string[]): Finding =>
  odd.length === 0 ? finding(name, 'ok', fine) : finding(name, 'note', odd.slice(0, 10).join(', '))
