import DataLoader from 'dataloader'
import type { Reads } from '../../cache/reads.ts'
import { RecordColumns } from '../../questions/record-columns.ts'
import {
  createCountedMatcher,
  createMatcher,
  type RecordFilter,
} from '../../questions/record-filter.ts'
import { selectRows } from '../../questions/select-rows.ts'
import { type RecordSample, toSample } from '../record-sample.ts'
import type { RecordListKey } from '../remote-record-lists.ts'
import { recordListName } from '../remote-record-lists.ts'
import type { RecordBlocks } from './record-blocks.ts'
import type { RecordScans } from './record-scans.ts'
import { streamedScan } from './whole-scan.ts'

type Columns = RecordColumns<RecordSample>

/** Which records are counted. */
interface StatisticsKey {
  readonly list: RecordListKey
  readonly filter: RecordFilter | undefined
}

/** The records that were read to be counted. */
interface CountedRecords {
  readonly columns: Columns
  /** Milliseconds since 1970. Nothing that was read is older. */
  readonly asOfMs: number
}

type RecordStatisticsLoader = DataLoader<StatisticsKey, CountedRecords, string>

type ColumnsByKey = ReadonlyMap<StatisticsKey, Columns>

/** Columns of all records of lists that match. What is asked of one list at the same time reads it once. */
export const createRecordStatisticsLoader = (
  scans: RecordScans,
  blocks: RecordBlocks,
  reads: Reads,
): RecordStatisticsLoader =>
  new DataLoader(
    async keys => {
      const lists = Map.groupBy(keys, ({ list }) => recordListName(list))
      const readings = new Map(
        [...lists].map(([name, ofList]) => [
          name,
          readList({ scans, blocks, reads }, ofList).catch(asError),
        ]),
      )
      return Promise.all(
        keys.map(async key => {
          const reading = await readings.get(recordListName(key.list))
          if (reading instanceof Error) return reading
          return reading?.get(key) ?? new Error('Expected columns of each key, got none of one.')
        }),
      )
    },
    { cacheKeyFn: ({ list, filter }) => `${recordListName(list)} ${JSON.stringify(filter)}` },
  )

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

interface Sources {
  readonly scans: RecordScans
  readonly blocks: RecordBlocks
  readonly reads: Reads
}

/** Reads a list once at most, whatever filters its records are counted under. */
async function readList(
  sources: Sources,
  keys: readonly StatisticsKey[],
): Promise<ReadonlyMap<StatisticsKey, CountedRecords>> {
  const [first] = keys
  if (!first) return new Map()
  const isOfUse = keys.some(isCounted)
  const { block, isOutdated } = isOfUse ? await sources.blocks.find(first.list) : NO_BLOCK
  const selected = await selectOf(block, keys)
  const others = keys.filter(key => !selected.has(key))
  const read =
    others.length > 0
      ? await readRecords(sources, others, { mayMakeBlock: !block, isOutdated })
      : new Map<StatisticsKey, Columns>()
  return new Map(
    keys.map(key => [
      key,
      {
        columns: selected.get(key) ?? read.get(key) ?? new RecordColumns(),
        asOfMs: sources.reads.oldestMs,
      },
    ]),
  )
}

const NO_BLOCK = { block: undefined, isOutdated: false }

/** Whether a filter looks at nothing but what is counted of a record. */
const isCounted = ({ filter }: StatisticsKey) => createCountedMatcher(filter ?? {}) !== undefined

/** Of the keys that columns of all records are enough for. */
async function selectOf(
  columns: Columns | undefined,
  keys: readonly StatisticsKey[],
): Promise<ColumnsByKey> {
  const selected = new Map<StatisticsKey, Columns>()
  for (const key of keys) {
    const rows = columns && (await selectRows(columns, key.filter))
    if (rows) selected.set(key, rows)
  }
  return selected
}

async function readRecords(
  { scans, blocks, reads }: Sources,
  keys: readonly StatisticsKey[],
  { mayMakeBlock, isOutdated }: { readonly mayMakeBlock: boolean; readonly isOutdated: boolean },
): Promise<ColumnsByKey> {
  const [first] = keys
  if (!first) return new Map()
  const making = mayMakeBlock && keys.some(isCounted) ? blocks.begin(first.list) : undefined
  const all: Columns | undefined = making && new RecordColumns()
  // Whether the columns have all prices exactly is known once all records were read.
  const isOfRecords = (key: StatisticsKey) => !all || !isCounted(key) || key.filter?.price
  const matched = keys.filter(isOfRecords).map(key => ({
    key,
    matches: createMatcher(key.filter ?? {}),
    columns: new RecordColumns<RecordSample>(),
  }))
  const scan = scans.unshared(first.list, {
    notBeforeMs: isOutdated ? reads.beganAtMs : undefined,
    onOddity: making?.onOddity,
  })
  for await (const { records } of streamedScan(scan, scans.allowance)) {
    for (const { node } of records) all?.add(node.resource, () => toSample(node))
    const match = () => {
      for (const { node } of records)
        for (const { matches, columns } of matched)
          if (matches(node.resource)) columns.add(node.resource, () => toSample(node))
    }
    if (making) making.lookBeside(match)
    else match()
  }
  if (all) making?.keep(all, scan.given)
  const selected = await selectOf(
    all,
    keys.filter(key => !isOfRecords(key)),
  )
  return new Map([...selected, ...matched.map(({ key, columns }) => [key, columns] as const)])
}
