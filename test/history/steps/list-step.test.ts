import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ANY_SIZE, nameOfPage, pageHolding } from '../../../src/history/pages/page-number.ts'
import type { Known, ListRequest } from '../../../src/history/steps/list-step.ts'
import { nextStep } from '../../../src/history/steps/list-step.ts'
import { answerOf, honestAnswer, knownFrom, numbers } from '../lists/placed-pages.ts'

/** Pages as "page/perPage", or the keys of the rows. */
function step(request: ListRequest, known: Known<number>, turn = 0) {
  const step = nextStep(request, known, turn)
  return 'pages' in step ? step.pages.map(nameOfPage) : step.rows.map(({ key }) => key)
}

const rowsAfter = (key: number, limit: number, to = Infinity): ListRequest => ({
  from: key + 1,
  to,
  isForward: true,
  limit,
})
const rowsBefore = (key: number, limit: number, to = -Infinity): ListRequest => ({
  from: key - 1,
  to,
  isForward: false,
  limit,
})
const first = (limit: number) => rowsAfter(-Infinity, limit)
const last = (limit: number) => rowsBefore(Infinity, limit)

const list = numbers(1, 250)
/** The first hundred of 250 rows. */
const start = honestAnswer(list, 1, 100)
/** A list in which the key 11 is missing, so that a row may hide between its first two pages. */
const holed = [...numbers(1, 10), ...numbers(12, 40)]

/** The smallest page that holds these places. */
function pageWith(from: number, to: number): string | undefined {
  const page = pageHolding({ from, to }, ANY_SIZE)
  return page && nameOfPage(page)
}

describe('the first page', () => {
  const isLong = true
  test.each([
    ['has the first rows and one more', first(20), {}, '1/21'],
    ['is whole if it is unknown where the wanted rows are', last(20), {}, '1/100'],
    ['is small even then if the list is long', last(20), { isLong }, '1/21'],
    ['has enough rows to show an order', last(1), { isLong }, '1/4'],
    ['is whole if the list was short', rowsAfter(30, 9), { isLong, formerLength: 60 }, '1/100'],
    [
      'has the last rows if the length is remembered, though some came or went since',
      last(20),
      { formerLength: 500 },
      pageWith(464, 499),
    ],
  ])('%s', (_, request, more, page) => {
    expect(step(request, knownFrom([], more))).toEqual([page])
  })

  const hint = { key: 500, index: 499, count: 1000, isSure: true }

  test("is the cursor's, with a row or two to either side of the wanted ones", () => {
    expect(step({ ...rowsAfter(500, 20), hint }, knownFrom([]))).toEqual([pageWith(498, 520)])
    expect(step({ ...rowsBefore(500, 20), hint }, knownFrom([]))).toEqual([pageWith(478, 500)])
  })

  test('has room for rows that came since the cursor was made, if they move its row', () => {
    const known = knownFrom([], { growsAtStart: true })
    expect(step({ ...rowsAfter(500, 20), hint }, known)).toEqual([pageWith(498, 525)])
  })

  test("has more rows to either side if the cursor's place was only estimated", () => {
    const request = { ...rowsAfter(500, 20), hint: { ...hint, isSure: false } }
    expect(step(request, knownFrom([]))).toEqual([pageWith(483, 535)])
  })
})

describe('the rows are given', () => {
  test.each([
    ['if all are known', first(3), [start], [1, 2, 3]],
    ['in the order of the walk', rowsBefore(4, 9), [start], [3, 2, 1]],
    ['up to the last one wanted', rowsAfter(9, 50, 12), [start], [10, 11, 12]],
    [
      'though there are fewer, if the list ends there',
      first(50),
      [honestAnswer([4, 9], 1, 50)],
      [4, 9],
    ],
    ['if the list is empty', first(50), [honestAnswer([], 1, 100)], []],
    [
      'if it is known that there are none between two keys',
      rowsAfter(10, 9, 11),
      [honestAnswer(holed, 1, 15)],
      [],
    ],
  ])('%s', (_, request, answers, rows) => {
    expect(step(request, knownFrom(answers))).toEqual(rows)
  })
})

describe('the next pages', () => {
  test.each([
    ['have what is missing, and a row or two around it', first(150), [start], [pageWith(98, 150)]],
    [
      'are the last ones, by the stated length, with room for a row more',
      last(20),
      [start],
      [pageWith(229, 250)],
    ],
    ['are as many as needed, and share rows', rowsAfter(100, 140), [start], ['2/98', '4/61']],
  ])('%s', (_, request, answers, pages) => {
    expect(step(request, knownFrom(answers))).toEqual(pages)
  })

  test('after a page that is shorter than asked: those that hold the rows if it was capped', () => {
    const short = honestAnswer(list, 1, 100, 40)
    expect(step(first(100), knownFrom([short]))).toEqual(['2/38', '3/34'])
  })

  test('are one large page if more than two would be needed, as pages may not be capped', () => {
    const short = honestAnswer(list, 1, 90, 40)
    expect(step(first(150), knownFrom([short]))).toEqual(['1/100'])
  })

  test('after a full page that states nothing: the one that has more, or proves the end', () => {
    const full = answerOf(1, 10, numbers(1, 10))
    expect(step(first(20), knownFrom([full]))).toEqual([pageWith(8, 20)])
    expect(step(first(20), knownFrom([full, answerOf(2, 10, [])]))).toEqual(numbers(1, 10))
  })

  test('between two pages that do not join: one with the rows on both sides of the gap', () => {
    const pages = [honestAnswer(holed, 1, 10), honestAnswer(holed, 2, 10)]
    expect(step(first(15), knownFrom(pages))).toEqual(['3/4'])
    const joint = honestAnswer(holed, 3, 4)
    expect(step(first(15), knownFrom([...pages, joint]))).toEqual(holed.slice(0, 15))
  })
})

test('a key amid a list without holes is looked for where it is', () => {
  const keys = numbers(1, 1000)
  const known = knownFrom([honestAnswer(keys, 1, 100), honestAnswer(keys, 10, 100)])
  fc.assert(
    fc.property(fc.integer({ min: 103, max: 898 }), key => {
      const pages = nextStep(rowsAfter(key, 5), known, 1)
      const places = 'pages' in pages ? pages.pages : []
      const rows = places.flatMap(({ page, perPage }) => honestAnswer(keys, page, perPage).rows)
      expect(rows).toEqual(expect.arrayContaining(numbers(key + 1, key + 5)))
      expect(places).toHaveLength(1)
    }),
  )
})

test('each step reads something new, until all rows wanted are known', () => {
  const keys = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 40, maxLength: 200 })
  const key = fc.integer({ min: 1, max: 300 })
  const wish = fc.record({
    from: key,
    limit: fc.integer({ min: 1, max: 50 }),
    isForward: fc.boolean(),
  })
  fc.assert(
    fc.property(keys, wish, (keys, { from, limit, isForward }) => {
      const listed = keys.toSorted((one, other) => one - other)
      const request = isForward ? rowsAfter(from, limit) : rowsBefore(from, limit)
      const answers = [honestAnswer(listed, 1, 20)]
      for (let turn = 1; turn < 20; turn++) {
        const next = nextStep(request, knownFrom(answers), turn)
        if (!('pages' in next)) {
          const lane = isForward ? listed : listed.toReversed()
          const wanted = lane.filter(key => (isForward ? key > from : key < from)).slice(0, limit)
          expect(next.rows.map(({ key }) => key)).toEqual(wanted)
          return
        }
        const names = answers.map(({ at }) => nameOfPage(at))
        expect(next.pages.some(page => !names.includes(nameOfPage(page)))).toBe(true)
        answers.push(...next.pages.map(({ page, perPage }) => honestAnswer(listed, page, perPage)))
      }
      expect.unreachable('the reading did not end')
    }),
  )
})
