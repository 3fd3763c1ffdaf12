import { expect, test } from 'vitest'
import type { Seen } from '../../src/history/list-page.ts'
import { Sightings } from '../../src/history/sightings.ts'

const PAGE = { start: 0, size: 0, count: undefined, hasNext: undefined, isLast: false, rows: [] }

const seen = (...keys: number[]): Seen<number>[] =>
  keys.map(key => ({ row: key, key, index: 0, page: PAGE }))

const segment = (low: number, high: number, ...keys: number[]) => ({
  low,
  high,
  rows: seen(...keys),
})

function sightingsOf(...segments: ReturnType<typeof segment>[]) {
  const sightings = new Sightings<number>()
  for (const each of segments) sightings.add(each)
  return sightings
}

function run(sightings: Sightings<number>, from: number, towards: 1 | -1) {
  const { rows, frontier } = sightings.run(from, towards)
  return { keys: rows.map(({ key }) => key), frontier }
}

test('nothing seen proves nothing', () => {
  expect(run(sightingsOf(), 5, 1)).toEqual({ keys: [], frontier: 5 })
})

test('a run goes on to the end of what a page proves, and no further', () => {
  const sightings = sightingsOf(segment(10, 20, 10, 15, 20))
  expect(run(sightings, 12, 1)).toEqual({ keys: [15, 20], frontier: 21 })
  expect(run(sightings, 15, -1)).toEqual({ keys: [15, 10], frontier: 9 })
  expect(run(sightings, 21, 1)).toEqual({ keys: [], frontier: 21 })
})

test('pages that touch or share a row join', () => {
  expect(run(sightingsOf(segment(1, 5, 1, 5), segment(6, 9, 7, 9)), 1, 1)).toEqual({
    keys: [1, 5, 7, 9],
    frontier: 10,
  })
  expect(run(sightingsOf(segment(5, 9, 5, 9), segment(1, 5, 1, 5)), 9, -1)).toEqual({
    keys: [9, 5, 1],
    frontier: 0,
  })
})

test('pages with an unseen key between them do not', () => {
  const sightings = sightingsOf(segment(1, 5, 1, 5), segment(7, 9, 7, 9))
  expect(run(sightings, 1, 1)).toEqual({ keys: [1, 5], frontier: 6 })
  expect(run(sightings, 9, -1)).toEqual({ keys: [9, 7], frontier: 6 })
})

test('a page in between joins both', () => {
  const sightings = sightingsOf(segment(1, 5, 1, 5), segment(8, 9, 8, 9), segment(5, 8, 5, 8))
  expect(run(sightings, 1, 1)).toEqual({ keys: [1, 5, 8, 9], frontier: 10 })
})

test('of two pages the later one is right', () => {
  const sightings = sightingsOf(segment(1, 9, 1, 5, 9), segment(4, 12, 4, 9, 12))
  expect(run(sightings, 1, 1)).toEqual({ keys: [1, 4, 9, 12], frontier: 13 })
})

test('the ends of the list are ends of a run', () => {
  const sightings = sightingsOf(segment(-Infinity, Infinity, 3))
  expect(run(sightings, -Infinity, 1)).toEqual({ keys: [3], frontier: Infinity })
  expect(run(sightings, Infinity, -1)).toEqual({ keys: [3], frontier: -Infinity })
})

test('a key without a row is seen to be absent', () => {
  const sightings = sightingsOf(segment(1, 9, 1, 9))
  expect(sightings.segmentAt(5)?.rows.some(({ key }) => key === 5)).toBe(false)
  expect(sightings.segmentAt(10)).toBeUndefined()
})

test('a page tells which rows of earlier ones it lacks', () => {
  const sightings = new Sightings<number>()
  expect(sightings.add(segment(0, 40, 10, 20, 30, 40))).toEqual([])
  const lost = sightings.add(segment(15, 60, 30, 50))
  expect(lost.map(({ key }) => key)).toEqual([20, 40])
})
