import { expect, test } from 'vitest'
import type { ReadPage } from '../../../src/history/pages/list-page.ts'
import { RecordLandmarks } from '../../../src/history/search/record-landmarks.ts'
import { answerOf, honestAnswer, numbers, placed } from '../lists/placed-pages.ts'

/** A page of the list of records 1000, 1010, 1020, … of this length, newest first. */
function pageOf(number: number, length: number): ReadPage<number> {
  const newestFirst = numbers(length - 1, 0).map(at => 1000 + 10 * at)
  return placedOnly(honestAnswer(newestFirst, number, 100), false)
}

function placedOnly(answer: Parameters<typeof placed>[0][number], isRising: boolean) {
  const [page] = placed([answer], { isRising })
  if (!page) throw new Error('no page')
  return page
}

test('nothing is estimated before a page was seen', () => {
  expect(new RecordLandmarks().estimate(1500, false)).toBeUndefined()
})

test('a place is estimated by proportion between what was seen', () => {
  const landmarks = new RecordLandmarks()
  landmarks.learn(pageOf(1, 1000), false)
  landmarks.learn(pageOf(10, 1000), false)
  const hint = { count: 1000, isSure: false }
  expect(landmarks.estimate(6000, false)).toEqual({ ...hint, index: 499, isRising: false })
  expect(landmarks.estimate(6000, true)).toEqual({ ...hint, index: 500, isRising: true })
})

test('a place beyond what was seen is estimated too, and stays in the list', () => {
  const landmarks = new RecordLandmarks()
  landmarks.learn(pageOf(1, 1000), false)
  expect(landmarks.estimate(1000, false)?.index).toBe(999)
  expect(landmarks.estimate(5, false)?.index).toBe(999)
  expect(landmarks.estimate(999_999, false)?.index).toBe(0)
})

test('places count from the end that does not grow, so that new records move none of them', () => {
  const landmarks = new RecordLandmarks()
  landmarks.learn(pageOf(10, 1000), false)
  landmarks.learn(pageOf(1, 1500), false)
  expect(landmarks.estimate(1000, false)?.index).toBe(1499)
})

test.each([
  ['no count', undefined],
  ['a count that its rows disprove', 90],
])('a page that states %s teaches nothing', (_, count) => {
  const landmarks = new RecordLandmarks()
  landmarks.learn({ ...pageOf(1, 1000), count }, false)
  expect(landmarks.estimate(1500, false)).toBeUndefined()
})

test('estimates stay close, however many pages were seen', () => {
  const landmarks = new RecordLandmarks()
  const oldestFirst = numbers(0, 99_999).map(at => 1000 + 10 * at)
  for (let page = 1; page <= 1000; page++) {
    landmarks.learn(placedOnly(honestAnswer(oldestFirst, page, 100), true), true)
  }
  for (const csId of [1000, 123_450, 500_000, 999_990]) {
    const { index = Number.NaN } = landmarks.estimate(csId, true) ?? {}
    expect(Math.abs(index - (csId - 1000) / 10)).toBeLessThanOrEqual(1)
  }
})

test('a csId amid a hole is estimated next to the hole, once a page has shown it', () => {
  const landmarks = new RecordLandmarks()
  const rows = [1, 2, 3, 4, 1_000_000, 1_000_001]
  landmarks.learn(placedOnly(answerOf(1, 6, rows, { count: 200, hasNext: true }), true), true)
  for (const csId of [5, 500_000, 999_999]) {
    expect([3, 4]).toContain(landmarks.estimate(csId, true)?.index)
  }
})
