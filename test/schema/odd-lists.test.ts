import { describe, expect, test } from 'vitest'
import { besideRows, filledUp } from '../../src/emulator/odd/odd-bodies.ts'
import type { ListOddities } from '../../src/emulator/odd/oddities.ts'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { type ListWalk, lookedUp, lookUps, walkedList } from './odd-asking.ts'
import { ODD_PAGES } from './odd-upstreams.ts'

const everyTenth = (csId: number) => csId % 10 === 0

/** How lists of records may be odd besides. */
const ODD_LISTS: Readonly<Record<string, ListOddities>> = {
  ...ODD_PAGES,
  'every tenth row hidden': { hidden: everyTenth },
  'every tenth row hidden, at most 50 rows a page': {
    hidden: everyTenth,
    maxPerPage: 50,
  },
  'every tenth row hidden, 20 rows a page, whatever is asked for': {
    hidden: everyTenth,
    perPage: 20,
  },
  '60 rows in a row hidden': { hidden: csId => csId > 1100 && csId <= 1160 },
  'count always 0, no next_page': { count: () => 0, nextPage: 'absent' },
  'count always 0, next_page always null': { count: () => 0, nextPage: 'never' },
  'count and next_page always null, every tenth row hidden': {
    count: () => null,
    nextPage: 'never',
    hidden: everyTenth,
  },
  'every tenth row twice on its page': { twiceOnPage: everyTenth },
  'every tenth row twice on its page, at most 20 rows a page': {
    twiceOnPage: everyTenth,
    maxPerPage: 20,
  },
  'every tenth row twice on its page, 20 rows a page, whatever is asked for': {
    twiceOnPage: everyTenth,
    perPage: 20,
  },
  'every tenth row twice on its page, which counts its rows': {
    twiceOnPage: everyTenth,
    count: 'of the page',
    nextPage: 'absent',
  },
  'every tenth row twice in the list': { twiceInList: everyTenth },
  'null in front of the rows': { body: besideRows(null, 'in front') },
  'null at the end, neither count nor next_page': {
    body: besideRows(null, 'at the end'),
    count: () => undefined,
    nextPage: 'absent',
  },
  'a sum at the end, at most 50 rows a page': {
    body: besideRows({ csPrice: '99.00' }, 'at the end'),
    maxPerPage: 50,
  },
  'null in place of the rows that a last page lacks': { body: filledUp(100) },
}

const RECORDS = 330
const SHAPES = [
  { order: 'descending', csIdStep: 1 },
  { order: 'descending', csIdStep: 3 },
  { order: 'ascending', csIdStep: 1 },
  { order: 'ascending', csIdStep: 3 },
] as const

type Shape = (typeof SHAPES)[number]

/** What is asked on each upstream, each time by a gateway that has just started. */
const WALKS = {
  'newest first by 100': { part: 'first: 100', order: 'NEWEST_FIRST', of: '' },
  'oldest first by 30': { part: 'first: 30', order: 'OLDEST_FIRST', of: '' },
  'backward from the end by 40': { part: 'last: 40', order: 'NEWEST_FIRST', of: '' },
  "an agent's by 100": { part: 'first: 100', order: 'NEWEST_FIRST', of: 'agent(servicerId: 201)' },
} as const satisfies Record<string, ListWalk>

describe.each(SHAPES)('lists that are $order by $csIdStep', shape => {
  test.each(Object.entries(ODD_LISTS))('%s: nothing is lost', async (_, lists) => {
    await using gateway = await startGateway({ recordCount: RECORDS, days: 30, ...shape })
    const truth = await truthOf(gateway, shape, lists.hidden)
    gateway.emulator.oddities = { lists }
    for (const [name, walk] of Object.entries(WALKS)) {
      gateway.forget()
      const listed = walk.of ? truth.ofAgent : truth.all
      const expected = walk.order === 'OLDEST_FIRST' ? listed.toReversed() : listed
      expect([name, await walkedList(gateway, walk)]).toEqual([name, expected])
    }
    gateway.forget()
    const { csIds, found } = lookUps(truth.all)
    expect(await lookedUp(gateway, csIds)).toEqual(found)
    gateway.forget()
    expect(await counted(gateway)).toBe(truth.all.length)
  })
})

/** The csIds that can be seen, the newest first, as an upstream lists them that is not odd. */
async function truthOf(gateway: Gateway, { csIdStep }: Shape, hidden: ListOddities['hidden']) {
  const isShown = (csId: string) => !hidden?.(Number(csId))
  const all = Array.from({ length: RECORDS }, (_, at) => String(1000 + at * csIdStep)).reverse()
  const ofAgent = await walkedList(gateway, WALKS["an agent's by 100"])
  return { all: all.filter(isShown), ofAgent: ofAgent.filter(isShown) }
}

/** How many records a statistic of all days counts by reading them. */
async function counted(gateway: Gateway): Promise<number> {
  const { data, failures } = await gateway.ask(`{
    remoteRecordStatistics(createdOn: { from: "2026-10-20", to: "2026-11-25" }) {
      byStatus { count }
    }
  }`)
  expect(failures).toEqual([])
  const { byStatus } = data.remoteRecordStatistics
  return byStatus.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
}
