import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Day, dayOf } from '../../../src/emulator/china-time.ts'
import { createChanges } from '../../../src/emulator/records/changes.ts'
import { type RecordEntry, RecordList } from '../../../src/emulator/records/record-list.ts'
import { wholeList } from '../../../src/emulator/row-list.ts'
import { NOW } from '../calling.ts'

const FIRST = 100
const DAYS = 6
const LAST_DAY = dayOf(NOW.getTime())
const AGENT_IDS = [201, 203, 215, 999]

type Change =
  | { kind: 'append'; agentId: number | undefined }
  | { kind: 'insert'; place: number }
  | { kind: 'delete'; place: number }
  | { kind: 'deleteRange'; place: number; length: number }
  | { kind: 'setClockBack'; days: number }

const place = fc.nat({ max: 120 })
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('append' as const),
    agentId: fc.option(fc.constantFrom(...AGENT_IDS), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('insert' as const), place }),
  fc.record({ kind: fc.constant('delete' as const), place }),
  fc.record({ kind: fc.constant('deleteRange' as const), place, length: fc.nat({ max: 8 }) }),
)

const clockChange: fc.Arbitrary<Change> = fc.record({
  kind: fc.constant('setClockBack' as const),
  days: fc.nat({ max: 3 }),
})

const SORTED_BY = ['csId', 'time'] as const
type SortBy = (typeof SORTED_BY)[number]

const scenario = fc.record({
  seed: fc.nat(),
  recordCount: fc.nat({ max: 60 }),
  csIdStep: fc.constantFrom(1, 2, 5),
  changes: fc.array(change, { maxLength: 40 }),
  sortBy: fc.constantFrom(...SORTED_BY),
  agentId: fc.option(fc.constantFrom(...AGENT_IDS), { nil: undefined }),
  from: fc.option(fc.integer({ min: LAST_DAY - DAYS, max: LAST_DAY + 1 }), { nil: undefined }),
  to: fc.option(fc.integer({ min: LAST_DAY - DAYS, max: LAST_DAY + 1 }), { nil: undefined }),
})

/** The records as a plain array, which changes and selections treat the slow and obvious way. */
class Model {
  entries: RecordEntry[]
  readonly #sortBy: SortBy

  constructor(entries: RecordEntry[], sortBy: SortBy) {
    this.entries = entries
    this.#sortBy = sortBy
  }

  take(entry: RecordEntry | undefined): void {
    if (!entry) throw new Error('an inserted record is missing')
    const timeOf = ({ createdAtMs }: RecordEntry) => (this.#sortBy === 'time' ? createdAtMs : 0)
    this.entries = [...this.entries, entry].sort(
      (one, other) => timeOf(one) - timeOf(other) || one.csId - other.csId,
    )
  }

  remove(from: number, to: number): void {
    this.entries = this.entries.filter(({ csId }) => csId < from || csId > to)
  }

  select(agentId: number | undefined, from: Day | undefined, to: Day | undefined): number[] {
    return this.entries
      .filter(entry => agentId === undefined || entry.agentId === agentId)
      .filter(entry => from === undefined || dayOf(entry.createdAtMs) >= from)
      .filter(entry => to === undefined || dayOf(entry.createdAtMs) <= to)
      .map(entry => entry.csId)
  }
}

function start(recordCount: number, csIdStep: number, seed: number, sortBy: SortBy = 'csId') {
  const endMs = NOW.getTime()
  const options = { seed, recordCount, days: DAYS, endMs, firstCsId: FIRST, csIdStep }
  const records = new RecordList(options)
  const changes = createChanges(records, { ...options, now: () => NOW })
  const all = wholeList(records.list({ sortBy }))
  return { records, changes, model: new Model(all, sortBy) }
}

function apply({ records, changes, model }: ReturnType<typeof start>, each: Change): void {
  if (each.kind === 'append') {
    const { agentId } = each
    model.take(records.find(changes.insertRecord(agentId === undefined ? {} : { agentId })))
    return
  }
  if (each.kind === 'setClockBack') {
    changes.setClockBack(each.days)
    return
  }
  const csId = FIRST + each.place
  if (each.kind === 'deleteRange') {
    changes.deleteRange(csId, csId + each.length)
    model.remove(csId, csId + each.length)
  } else if (each.kind === 'delete') {
    expect(changes.deleteRecord(csId)).toBe(model.entries.some(entry => entry.csId === csId))
    model.remove(csId, csId)
  } else if (tryInsert(changes, csId)) model.take(records.find(csId))
}

function tryInsert(changes: ReturnType<typeof createChanges>, csId: number): boolean {
  try {
    changes.insertRecordAt(csId)
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
    return false
  }
}

test('each list has exactly what is selected, after any changes, of the clock too', () => {
  const changes = fc.array(fc.oneof(change, clockChange), { maxLength: 40 })
  fc.assert(
    fc.property(scenario, changes, ({ seed, recordCount, csIdStep, ...question }, changes) => {
      const state = start(recordCount, csIdStep, seed, question.sortBy)
      for (const each of changes) apply(state, each)
      const { agentId, from, to, sortBy } = question
      const list = state.records.list({ agentId, from, to, sortBy })
      const csIds = wholeList(list).map(entry => entry.csId)
      expect(csIds).toEqual(state.model.select(agentId, from, to))
    }),
    { numRuns: 1000 },
  )
})

test('csIds and times rise together, and every record is found by its csId', () => {
  fc.assert(
    fc.property(scenario, ({ seed, recordCount, csIdStep, changes, sortBy }) => {
      const state = start(recordCount, csIdStep, seed, sortBy)
      for (const each of changes) apply(state, each)
      const { entries } = state.model
      const times = entries.map(entry => entry.createdAtMs)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      for (const entry of entries) expect(state.records.find(entry.csId)).toEqual(entry)
    }),
    { numRuns: 200 },
  )
})

test('the computed records have the csIds that the numbering says', () => {
  const { model } = start(40, 10, 1)
  expect(model.entries.map(entry => entry.csId)).toEqual(
    Array.from({ length: 40 }, (_, number) => FIRST + number * 10),
  )
})
