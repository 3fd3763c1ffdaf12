import { expect, test } from 'vitest'
import { groupRows } from '../../src/questions/group.ts'
import { RecordColumns } from '../../src/questions/record-columns.ts'
import { RemoteRecordResource } from '../../src/upstream/remote-record.ts'

const RECORDS = 100_000

const recordAt = (index: number) =>
  new RemoteRecordResource(
    index + 1,
    {
      csServicerId: 201 + (index % 20),
      csStat: 5,
      csBTime: '2026-11-23 09:00:00',
      csETime: `2026-11-23 09:${String(index % 60).padStart(2, '0')}:00`,
      csPrice: '0.01',
    },
    () => undefined,
  )

test('others have their turn while many records are grouped and sorted', async () => {
  const columns = new RecordColumns<undefined>()
  for (let index = 0; index < RECORDS; index++) columns.add(recordAt(index), () => undefined)
  let turns = 0
  let isDone = false
  const takeTurn = () => {
    turns += 1
    if (!isDone) setImmediate(takeTurn)
  }
  setImmediate(takeTurn)
  const groups = await groupRows(columns, columns.arrays.agent)
  const turnsOfGrouping = turns
  const durations = await groups[0]?.durations()
  isDone = true
  expect(groups.map(({ figures }) => figures.count)).toEqual(new Array(20).fill(RECORDS / 20))
  expect(groups[0]?.figures.fen).toEqual({ few: RECORDS / 20, many: 0n })
  expect(durations).toEqual(durations?.toSorted())
  expect(turnsOfGrouping).toBeGreaterThanOrEqual(4)
  expect(turns - turnsOfGrouping).toBeGreaterThanOrEqual(4)
})
