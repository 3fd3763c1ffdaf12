import { describe, expect, test } from 'vitest'
import { ANY_SIZE } from '../../../src/history/pages/page-number.ts'
import { isPlaced, startOf } from '../../../src/history/pages/page-places.ts'
import { sizesOf } from '../../../src/history/pages/page-sizes.ts'
import { answerOf, honestAnswer, numbers } from '../lists/placed-pages.ts'

const list = numbers(1, 250)
const cappedPage = (page: number, perPage = 100) => honestAnswer(list, page, perPage, 40)

describe('the sizes that pages show', () => {
  test('are any, as long as pages are full', () => {
    expect(sizesOf([honestAnswer(list, 1, 30)], ANY_SIZE)).toEqual({ ...ANY_SIZE, largest: 30 })
  })

  test('are capped if a page is short though the list goes on', () => {
    const sizes = {
      cap: 40,
      most: 100,
      isFixed: false,
      isHeard: false,
      largest: 40,
      isCapProven: false,
      surplus: 0,
      areMostHidden: false,
    }
    expect(sizesOf([cappedPage(1)], ANY_SIZE)).toEqual(sizes)
  })

  test('are surely capped if two pages have the same size', () => {
    expect(sizesOf([cappedPage(1), cappedPage(2)], ANY_SIZE).isCapProven).toBe(true)
  })

  test('are not surely capped if smaller pages are short, too: rows are hidden', () => {
    const short = answerOf(1, 20, numbers(1, 18), { count: 250, hasNext: true })
    expect(sizesOf([cappedPage(1), cappedPage(2), short], ANY_SIZE).isCapProven).toBe(false)
  })

  test('are capped if the last page stands where it does only after capped pages', () => {
    const short = numbers(1, 102)
    const pages = [honestAnswer(short, 1, 68, 68), honestAnswer(short, 2, 100, 68)]
    expect(sizesOf(pages, ANY_SIZE)).toMatchObject({ cap: 68, isFixed: false })
  })

  test('are not capped by a list that is on one page', () => {
    expect(sizesOf([honestAnswer(numbers(1, 30), 1, 100)], ANY_SIZE).cap).toBe(100)
  })

  test('are not capped by the rest of a list', () => {
    expect(sizesOf([honestAnswer(list, 3, 100)], ANY_SIZE).cap).toBe(100)
  })

  test('are fixed if a page has more rows than were asked for', () => {
    const sizes = sizesOf([answerOf(1, 5, numbers(1, 20), { hasNext: true })], ANY_SIZE)
    expect(sizes).toMatchObject({ cap: 20, isFixed: true })
  })

  test('are those that were asked for if pages have as many rows of the next one besides', () => {
    const seen = answerOf(1, 11, numbers(1, 12), { hasNext: true })
    const more = answerOf(2, 12, numbers(13, 25), { hasNext: true })
    const learnt = sizesOf([seen], ANY_SIZE)
    expect(learnt).toMatchObject({ cap: 12, isFixed: true })
    expect(sizesOf([seen, more], learnt)).toMatchObject({ cap: 100, isFixed: false, surplus: 1 })
  })

  test('are not surely capped if the last page ends where it does only without a cap', () => {
    const rest = answerOf(3, 100, numbers(201, 250), { count: 250, hasNext: false })
    expect(sizesOf([cappedPage(1), cappedPage(2), rest], ANY_SIZE).isCapProven).toBe(false)
  })

  test('are not shown by a page that has all rows of a list', () => {
    const sizes = sizesOf([answerOf(1, 1, numbers(1, 3), { hasNext: false, count: 3 })], ANY_SIZE)
    expect(sizes).toMatchObject({ cap: 100, isFixed: true })
  })

  test('are fixed if an empty page stands where another one has rows', () => {
    const claims = { count: 61, hasNext: true }
    const pages = [1, 2, 3].map(page =>
      answerOf(page, 100, numbers(10 * page - 9, 10 * page), claims),
    )
    const empty = (page: number) => answerOf(page, 2, [], { count: 61, hasNext: false })
    expect(sizesOf([...pages, empty(15)], ANY_SIZE)).toMatchObject({ cap: 10, isFixed: true })
    expect(sizesOf([...pages, empty(16)], ANY_SIZE)).toMatchObject({ cap: 10, isFixed: false })
    // A page that has as many rows as were asked for shows that the number is heard.
    const heard = answerOf(1, 2, [1, 2], claims)
    expect(sizesOf([...pages, heard, empty(15)], ANY_SIZE).isFixed).toBe(false)
  })

  test('are fixed if a page says that it is the last one, and is elsewhere by the stated length', () => {
    const pages = [1, 2].map(page =>
      answerOf(page, 100, numbers(7 * page - 6, 7 * page), { count: 31, hasNext: true }),
    )
    const last = answerOf(5, 4, [29, 30, 31], { count: 31, hasNext: false })
    expect(sizesOf([...pages, last], ANY_SIZE)).toMatchObject({ cap: 7, isFixed: true })
  })

  test('are larger again as soon as a page is', () => {
    const learnt = sizesOf([cappedPage(1), cappedPage(2)], ANY_SIZE)
    expect(sizesOf([honestAnswer(list, 1, 60)], learnt)).toEqual({ ...ANY_SIZE, largest: 60 })
  })
})

describe('the place of a page', () => {
  const sizes = sizesOf([cappedPage(1)], ANY_SIZE)

  test('is certain of rounded sizes only if it was asked for by the largest one, or shows as many', () => {
    const sizes = { ...ANY_SIZE, cap: 20, largest: 20, isFixed: true, isCapProven: true }
    const isSure = (perPage: number, rows: number, hasNext: boolean) =>
      isPlaced(answerOf(2, perPage, numbers(1, rows), { hasNext }), sizes)
    expect([isSure(20, 5, false), isSure(7, 20, true)]).toEqual([true, true])
    expect([isSure(7, 10, true), isSure(7, 0, false)]).toEqual([false, false])
  })

  test('is certain if it asks for no more rows than a page had', () => {
    expect(isPlaced(cappedPage(3, 40), sizes)).toBe(true)
    expect(isPlaced(cappedPage(3, 50), sizes)).toBe(false)
    expect(isPlaced(cappedPage(1, 50), sizes)).toBe(true)
  })

  test('is certain whatever it asks for once the cap is proven', () => {
    expect(isPlaced(cappedPage(3, 50), { ...sizes, isCapProven: true })).toBe(true)
  })

  test('is counted as if pages were capped, but for an empty one, which must not end a list too early', () => {
    expect(startOf(cappedPage(3), sizes)).toBe(80)
    expect(startOf(answerOf(3, 100, []), sizes)).toBe(200)
  })
})
