import DataLoader from 'dataloader'
import type { Reads } from '../cache/reads.ts'
import { RecordColumns } from '../questions/record-columns.ts'
import { createMatcher, type RecordFilter } from '../questions/record-filter.ts'
import { type RecordSample, toSample } from './record-sample.ts'
import type { RecordScans } from './record-scans.ts'
import type { RecordListKey } from './remote-record-lists.ts'
import { recordListName } from './remote-record-lists.ts'
import { streamedScan } from './whole-scan.ts'

/** Which records are counted. */
interface StatisticsKey {
  readonly list: RecordListKey
  readonly filter: RecordFilter | undefined
}

/** The records that were read to be counted. */
interface CountedRecords {
  readonly columns: RecordColumns<RecordSample>
  /** Milliseconds since 1970. Nothing that was read is older. */
  readonly asOfMs: number
}

type RecordStatisticsLoader = DataLoader<StatisticsKey, CountedRecords, string>

/** Columns of all records of lists that match. What is asked of one list at the same time reads it once. */
export const createRecordStatisticsLoader = (
  scans: RecordScans,
  reads: Reads,
): RecordStatisticsLoader =>
  new DataLoader(
    async keys => {
      const readings = new Map(
        [...Map.groupBy(keys, ({ list }) => recordListName(list))].map(([name, ofList]) => [
          name,
          readList(scans, reads, ofList).catch(asError),
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

/** Reads a list once, whatever filters its records are counted under. */
async function readList(
  scans: RecordScans,
  reads: Reads,
  keys: readonly StatisticsKey[],
): Promise<ReadonlyMap<StatisticsKey, CountedRecords>> {
  const counted = keys.map(({ filter }) => ({
    matches: createMatcher(filter ?? {}),
    columns: new RecordColumns<RecordSample>(),
  }))
  const [first] = keys
  if (first) {
    const scan = scans.unshared(first.list)
    for await (const { records } of streamedScan(scan, scans.allowance)) {
      for (const { node } of records) {
        for (const { matches, columns } of counted) {
          if (matches(node.resource)) columns.add(node.resource, () => toSample(node))
        }
      }
    }
  }
  return new Map(
    keys.map((key, at) => [
      key,
      { columns: counted[at]?.columns ?? new RecordColumns(), asOfMs: reads.oldestMs },
    ]),
  )
}
