import { describe, expect, test } from 'vitest'
import { isUnordered, looseEdges, placesToLookAt } from '../../../src/history/pages/list-order.ts'
import type { Answer } from '../../../src/history/pages/list-page.ts'
import { ANY_SIZE } from '../../../src/history/pages/page-number.ts'
import type { ListRequest } from '../../../src/history/steps/list-step.ts'
import { answerOf, honestAnswer, numbers, placed } from '../lists/placed-pages.ts'

const bySorting = <Result>(
  judge: (listed: readonly { key: number }[], sorted: readonly { key: number }[]) => Result,
  keys: readonly number[],
) => {
  const listed = keys.map(key => ({ key }))
  return judge(
    listed,
    listed.toSorted((one, other) => one.key - other.key),
  )
}

/** The keys with the one at a place moved to another place. */
function withMoved(keys: readonly number[], from: number, to: number): number[] {
  const moved = [...keys]
  moved.splice(to, 0, ...moved.splice(from, 1))
  return moved
}

describe('rows of one second do not make a page unordered', () => {
  test.each([
    ['all rows stand where their keys belong', numbers(1, 20)],
    ['two neighbours at the edge stand the other way round', withMoved(numbers(1, 20), 0, 1)],
    ['a row amid the page stands three places on', withMoved(numbers(1, 20), 8, 11)],
  ])('%s', (_, keys) => {
    expect(bySorting(isUnordered, keys)).toBe(false)
  })
})

describe('rows farther from their places do', () => {
  test.each([
    ['a row amid the page stands four places on', withMoved(numbers(1, 20), 8, 12)],
    ['a row at the edge stands two places on', withMoved(numbers(1, 20), 0, 2)],
    ['two neighbours were not created in one second', [1, 2, 3, 4, 5, 30, 9, 31, 32, 33, 34]],
  ])('%s', (_, keys) => {
    expect(bySorting(isUnordered, keys)).toBe(true)
  })
})

describe('rows at the edges of a page that prove nothing', () => {
  test.each([
    ['none if no key is missing next to them', numbers(1, 9), { low: 0, high: 0 }],
    ['the outermost one if keys are missing next to it', [1, 5, 6, 7, 11], { low: 1, high: 1 }],
    ['those that stand astray', [2, 1, 3, 4, 5, 6, 7, 8, 9], { low: 2, high: 0 }],
    [
      'those up to a row astray, and one more if keys are missing next to it',
      [1, 2, 3, 4, 5, 9, 14, 13],
      { low: 0, high: 3 },
    ],
  ])('%s', (_, keys, loose) => {
    expect(bySorting(looseEdges, keys)).toEqual(loose)
  })
})

describe('places to look at before rows are given', () => {
  const forward: ListRequest = { from: 1, to: Infinity, isForward: true, limit: 20 }
  /** A list by time in which the record 11 came 50 places late. */
  const listed = withMoved(numbers(1, 100), 10, 60)
  const first = honestAnswer(listed, 1, 10)
  const second = honestAnswer(listed, 2, 10)
  const seventh = honestAnswer(listed, 7, 10)

  /** What is to be looked at before the rows with these keys are given. */
  function look(keys: readonly number[], answers: readonly Answer<number>[]) {
    const pages = placed(answers)
    const rows = pages.flatMap(page => page.rows)
    const found = keys.flatMap(key => rows.find(row => row.key === key) ?? [])
    return placesToLookAt(found, { ...forward, limit: found.length }, pages, ANY_SIZE)
  }

  test('there are none if rows stand next to each other, on one page or on two', () => {
    expect(look(numbers(1, 9), [first])).toBeUndefined()
    expect(look([9, 10, 12, 13], [first, second])).toBeUndefined()
  })

  test('the place after a row is one if the next key stands elsewhere', () => {
    expect(look([10, 11], [first, seventh])).toEqual({ from: 5, to: 14 })
  })

  test('there are none once a later page shows the place', () => {
    const around = honestAnswer(listed, 1, 20)
    expect(look([10, 11], [first, seventh, around])).toBeUndefined()
    const formerly = answerOf(2, 7, [8, ...numbers(12, 17)], { count: 100 })
    expect(look([10, 11], [formerly, first, seventh])).toEqual({ from: 5, to: 14 })
  })

  test('as many places as the list grew do not matter', () => {
    const before = answerOf(1, 10, numbers(1, 10), { count: 30 })
    const later = answerOf(2, 10, numbers(5, 14), { count: 36 })
    expect(look([10, 11], [before, later])).toBeUndefined()
    expect(look([10, 11], [before, { ...later, count: 30 }])).toEqual({ from: 5, to: 14 })
  })

  test("a cursor's row counts as one that was given", () => {
    const pages = placed([seventh])
    const found = pages.flatMap(({ rows }) => rows.slice(0, 1))
    const hint = { key: 10, index: 9, count: 100, isSure: true }
    const request = { ...forward, from: 11, limit: 1, hint }
    expect(placesToLookAt(found, request, pages, ANY_SIZE)).toEqual({ from: 5, to: 14 })
  })
})
