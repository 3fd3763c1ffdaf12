import { expect, test } from 'vitest'
import type { ReadPage, Seen } from '../../src/history/list-page.ts'
import { placePage } from '../../src/history/list-page.ts'
import { RecordLandmarks } from '../../src/history/record-landmarks.ts'

/** A page of the list of records 1000, 1010, 1020, … of this length, newest first. */
function page(number: number, length: number): readonly Seen<number>[] {
  const start = (number - 1) * 100
  const size = Math.min(100, length - start)
  const rows = Array.from({ length: size }, (_, at) => 1000 + 10 * (length - 1 - start - at))
  const answer = { rows, size, count: length, hasNext: start + size < length }
  const read: ReadPage<number> = placePage({ page: number, perPage: 100 }, answer, row => row, 100)
  return read.rows
}

test('nothing learnt, nothing reckoned', () => {
  expect(new RecordLandmarks().reckon(1500, false)).toBeUndefined()
})

test('a place is reckoned by proportion between what was seen', () => {
  const landmarks = new RecordLandmarks()
  landmarks.learn(page(1, 1000), false)
  landmarks.learn(page(10, 1000), false)
  expect(landmarks.reckon(6000, false)).toEqual({
    index: 499,
    count: 1000,
    rising: false,
    isReckoned: true,
  })
})

test('a place beyond what was seen is reckoned too, and stays in the list', () => {
  const landmarks = new RecordLandmarks()
  landmarks.learn(page(1, 1000), false)
  expect(landmarks.reckon(1000, false)?.index).toBe(999)
  expect(landmarks.reckon(5, false)?.index).toBe(999)
  expect(landmarks.reckon(999_999, false)?.index).toBe(0)
})

test('places count from the end that does not grow: new records move none of them', () => {
  const landmarks = new RecordLandmarks()
  landmarks.learn(page(10, 1000), false)
  landmarks.learn(page(1, 1500), false)
  expect(landmarks.reckon(1000, false)?.index).toBe(1499)
})

test('a page that states no count teaches nothing', () => {
  const landmarks = new RecordLandmarks()
  const silent = page(1, 1000).map(seen => ({ ...seen, page: { ...seen.page, count: undefined } }))
  landmarks.learn(silent, false)
  expect(landmarks.reckon(1500, false)).toBeUndefined()
})

test('however much was seen, reckoning stays close', () => {
  const landmarks = new RecordLandmarks()
  for (let number = 1; number <= 1000; number++) landmarks.learn(page(number, 100_000), false)
  for (const csId of [1000, 123_450, 500_000, 999_990]) {
    const index = landmarks.reckon(csId, false)?.index ?? Number.NaN
    expect(Math.abs(index - (99_999 - (csId - 1000) / 10))).toBeLessThanOrEqual(1)
  }
})

test('the place of a csId in a hole is beside it, once a page has shown the hole', () => {
  const landmarks = new RecordLandmarks()
  const rows = [1, 2, 3, 4, 1_000_000, 1_000_001]
  const answer = { rows, size: 6, count: 200, hasNext: true }
  landmarks.learn(placePage({ page: 1, perPage: 6 }, answer, row => row, 6).rows, true)
  for (const csId of [5, 500_000, 999_999]) {
    expect([3, 4]).toContain(landmarks.reckon(csId, true)?.index)
  }
})
