import type { Answer, ListPage, ReadPage } from '../../../src/history/pages/list-page.ts'
import { placePages } from '../../../src/history/pages/list-page.ts'
import type { PageSizes } from '../../../src/history/pages/page-number.ts'
import { ANY_SIZE } from '../../../src/history/pages/page-number.ts'
import { sizesOf } from '../../../src/history/pages/page-sizes.ts'
import { KnownIntervals } from '../../../src/history/proofs/known-intervals.ts'
import type { Known } from '../../../src/history/steps/list-step.ts'

/** The whole numbers from one to another, falling if the second one is lower. */
export const numbers = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => from + at * Math.sign(to - from))

/** What an upstream gave for a page. Rows are their own keys; nothing is stated but by `claims`. */
export function answerOf(
  page: number,
  perPage: number,
  rows: readonly number[],
  claims: Partial<Omit<ListPage<number>, 'rows'>> = {},
): Answer<number> {
  const stated = { size: rows.length, count: undefined, hasNext: undefined, ...claims }
  return { at: { page, perPage }, rows, ...stated }
}

/** A page of a list as an honest upstream gives it. */
export function honestAnswer(
  listed: readonly number[],
  page: number,
  perPage: number,
  maxPerPage = 100,
): Answer<number> {
  const size = Math.min(perPage, maxPerPage)
  const rows = listed.slice((page - 1) * size, page * size)
  const hasNext = page * size < listed.length
  return answerOf(page, perPage, rows, { count: listed.length, hasNext })
}

interface View {
  readonly isRising?: boolean
  /** Those that the answers show if there are none. */
  readonly sizes?: PageSizes
}

export function placed(
  answers: readonly Answer<number>[],
  { isRising = true, sizes = sizesOf(answers, ANY_SIZE) }: View = {},
): ReadPage<number>[] {
  const keyOf = (row: number) => row
  return placePages(answers, { keyOf, isRising, sizes })
}

export function knownFrom(
  answers: readonly Answer<number>[],
  more: Partial<Known<number>> = {},
): Known<number> {
  const { sizes = sizesOf(answers, ANY_SIZE) } = more
  const pages = placed(answers, { sizes })
  const unknown = { formerLength: undefined, growsAtStart: false, isLong: false }
  const order = { isOrderDoubtful: false }
  return {
    pages,
    intervals: new KnownIntervals(pages, more.growsAtStart ?? false),
    sizes,
    ...unknown,
    ...order,
    ...more,
  }
}
