import { describe, expect, test } from 'vitest'
import type { ListOddities } from '../../src/emulator/odd/oddities.ts'
import { type Gateway, startGateway } from '../gateway.ts'
import { AskingError, type ListWalk, lookedUp, lookUps, walkedList } from './odd-asking.ts'
import { REFUSED } from './odd-pairs-refused.ts'
import { ODD_PAGES } from './odd-upstreams.ts'

const everyTenth = (csId: number) => csId % 10 === 0

/** How rows may be odd, whatever pages are like. */
const ODD_ROWS: Readonly<Record<string, ListOddities>> = {
  'every tenth row hidden': { hidden: everyTenth },
  '60 rows in a row hidden': { hidden: csId => csId > 1100 && csId <= 1160 },
  'every tenth row twice on its page': { twiceOnPage: everyTenth },
  'every tenth row twice in the list': { twiceInList: everyTenth },
}

const ODD_NEXT: Readonly<Record<string, ListOddities>> = {
  'next_page by the count': { nextPage: 'by count' },
  'next_page always null': { nextPage: 'never' },
  'no next_page': { nextPage: 'absent' },
}

/** What is said of the length, and how many rows pages have, beside each `ODD_NEXT`. */
const ODD_LENGTHS: Readonly<Record<string, ListOddities>> = {
  'count at most 250': { count: count => Math.min(250, count) },
  'count too small by 37': { count: count => Math.max(0, count - 37) },
  'count rounded up': { count: count => Math.ceil(count / 100) * 100 },
  'every tenth row twice in the list': { twiceInList: everyTenth },
  'at most 50 rows a page': { maxPerPage: 50 },
  '10 rows a page, whatever is asked for': { perPage: 10 },
  '50 rows a page, whatever is asked for': { perPage: 50 },
}

/**
 * More rows are hidden in a row than a page has, and nothing says that others follow: nobody can tell
 * this from the end of the list.
 */
const BEYOND_KNOWING: ReadonlySet<string> = new Set([
  'neither count nor next_page, at most 50 rows a page; 60 rows in a row hidden',
  'neither count nor next_page, always 20 rows a page; 60 rows in a row hidden',
  'count of the page, at most 50 rows a page; 60 rows in a row hidden',
])

const PAIRS = [
  ...pairsOf(ODD_PAGES, ODD_ROWS),
  ...pairsOf(ODD_PAGES, { 'pages counted from 0': { firstPage: 0 } }),
  ...pairsOf(ODD_LENGTHS, ODD_NEXT),
].filter(([name]) => !BEYOND_KNOWING.has(name))

const RECORDS = 330
const SHAPES = [
  { order: 'descending', csIdStep: 1 },
  { order: 'ascending', csIdStep: 3 },
] as const

type Shape = (typeof SHAPES)[number]

const WALKS: readonly ListWalk[] = [
  { part: 'last: 40', order: 'NEWEST_FIRST', of: '' },
  { part: 'first: 100', order: 'NEWEST_FIRST', of: '' },
]

describe.each(SHAPES)('of two oddities, lists that are $order by $csIdStep', shape => {
  test.each(PAIRS)('%s: nothing is lost silently', async (name, lists) => {
    await using gateway = await startGateway({
      recordCount: RECORDS,
      days: 30,
      oddities: { lists },
      ...shape,
    })
    const refused: string[] = []
    for (const { question, ask, truth } of questionsOf(gateway, shape, lists)) {
      gateway.forget()
      const answer = await ask().catch(refusalOf)
      if (answer instanceof AskingError) refused.push(`${shape.order}: ${question}`)
      else expect([question, answer]).toEqual([question, truth])
    }
    expect(refused.filter(each => !REFUSED[name]?.includes(each))).toEqual([])
  })
})

/** Each is asked of a gateway that has just started. */
function questionsOf(gateway: Gateway, { csIdStep }: Shape, { hidden }: ListOddities) {
  const csIds = Array.from({ length: RECORDS }, (_, at) => 1000 + at * csIdStep).reverse()
  const all = csIds.filter(csId => !hidden?.(csId)).map(String)
  const sought = lookUps(all)
  return [
    ...WALKS.map(walk => ({
      question: walk.part,
      ask: () => walkedList(gateway, walk),
      truth: all,
    })),
    { question: 'by csId', ask: () => lookedUp(gateway, sought.csIds), truth: sought.found },
  ]
}

function refusalOf(error: unknown): AskingError {
  if (error instanceof AskingError) return error
  throw error
}

function pairsOf(
  some: Readonly<Record<string, ListOddities>>,
  others: Readonly<Record<string, ListOddities>>,
): readonly (readonly [string, ListOddities])[] {
  return Object.entries(some).flatMap(([name, one]) =>
    Object.entries(others).map(
      ([otherName, other]) => [`${name}; ${otherName}`, { ...one, ...other }] as const,
    ),
  )
}
