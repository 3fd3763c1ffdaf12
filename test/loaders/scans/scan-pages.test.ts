import { expect, test } from 'vitest'
import { nameOfPage, type PageNumber, sizesUpTo } from '../../../src/history/pages/page-number.ts'
import { ScanPages } from '../../../src/loaders/scans/scan-pages.ts'

const SIZES = sizesUpTo(100)

const namesOnTheWay = (pages: ScanPages): readonly string[] => {
  const names: string[] = []
  for (let page = pages.first; page; page = pages.following(page)) names.push(nameOfPage(page))
  return names
}

const pagesOf = (length: number, { isForward = true, isDense = true, sizes = SIZES } = {}) =>
  new ScanPages({ length, sizes, isDense }, isForward)

test('pages follow each other if no csId is missing', () => {
  const names = ['1/100', '2/100', '3/100']
  expect(namesOnTheWay(pagesOf(250))).toEqual(names)
  expect(namesOnTheWay(pagesOf(250, { isForward: false }))).toEqual(names.toReversed())
  expect(pagesOf(0).first).toBeUndefined()
})

test.each([true, false])(
  'each page has three rows of the next one if csIds are missing, %s',
  forward => {
    const pages = pagesOf(694, { isDense: false, isForward: forward })
    const names = namesOnTheWay(pages)
    expect(names).toHaveLength(pages.count)
    const [...inOrder] = forward ? names : names.toReversed()
    let end = 3
    for (const [page = 0, perPage = 0] of inOrder.map(name => name.split('/').map(Number))) {
      expect((page - 1) * perPage).toBeLessThanOrEqual(end - 3)
      end = page * perPage
    }
    expect(end).toBeGreaterThanOrEqual(694)
  },
)

const FIXED = { ...sizesUpTo(20), isFixed: true }

test('pages of a size that nobody chooses follow each other', () => {
  expect(namesOnTheWay(pagesOf(50, { isDense: false, sizes: FIXED }))).toEqual([
    '1/20',
    '2/20',
    '3/20',
  ])
})

test.each([
  [{ isForward: true }, 99, '2/100'],
  [{ isForward: true }, 98, '1/100'],
  [{ isForward: true }, -1, '1/100'],
  [{ isForward: false }, 100, '1/100'],
  [{ isForward: false }, 101, '2/100'],
  [{ isForward: false }, 0, '1/100'],
  [{ isForward: true }, 300, undefined],
] as const)('which page is behind a place, %j, %i: %s', (options, place, name) => {
  const page = pagesOf(250, options).behind(place)
  expect(page && nameOfPage(page)).toBe(name)
})

test.each([true, false])(
  'with missing csIds, it has the row at the place and one before, %s',
  isForward => {
    const pages = pagesOf(694, { isDense: false, isForward })
    for (let place = 2; place < 692; place++) {
      const { page = 0, perPage = 0 }: Partial<PageNumber> = pages.behind(place) ?? {}
      const shown = { from: (page - 1) * perPage, to: page * perPage - 1 }
      expect(shown.from).toBeLessThanOrEqual(isForward ? place - 1 : place)
      expect(shown.to).toBeGreaterThanOrEqual(isForward ? place : place + 1)
    }
  },
)

test('what is left is counted on the way', () => {
  const page = { page: 2, perPage: 100 }
  expect(pagesOf(694).countFrom(page)).toBe(6)
  expect(pagesOf(694, { isForward: false }).countFrom(page)).toBe(2)
})

test.each([true, false])('a length that no list has is not listed page by page, %s', isDense => {
  const pages = pagesOf(Number.MAX_SAFE_INTEGER, { isDense })
  expect(pages.count).toBe(Math.ceil(Number.MAX_SAFE_INTEGER / 100))
  expect(pages.following({ page: 7, perPage: 100 })).toEqual({ page: 8, perPage: 100 })
})
