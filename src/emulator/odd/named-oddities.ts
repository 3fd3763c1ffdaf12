import type { EmulatorOptions } from '../options.ts'
import { neighbour } from '../row-list.ts'
import { handOver, robot, untimedLast } from './odd-chats.ts'
import type { WireChange } from './odd-wires.ts'
import type { ChatOddities, ListOddities } from './oddities.ts'

export interface NamedOddity {
  /** A sentence for people, without its full stop. */
  readonly meaning: string
  readonly lists?: ListOddities
  readonly chats?: ChatOddities
  readonly beginsDaysLater?: (csId: number) => number
}

const NO_COUNT = { count: () => undefined, nextPage: 'absent' } as const
const COUNT_OF_PAGE = { count: 'of the page', nextPage: 'absent' } as const
const NEWEST_FIRST_TURNED = { order: 'descending', rowsInPage: 'turned' } as const

/** Oddities as a stand-alone run takes them, by name. The emulator's options have more. */
export const NAMED_ODDITIES: Readonly<Record<string, NamedOddity>> = {
  'hidden-rows': {
    meaning: 'Every tenth row is missing on its page, and counted all the same',
    lists: { hidden: csId => csId % 10 === 0 },
    chats: { hidden: message => message.number % 10 === 0 },
  },
  'turned-pages': {
    meaning: 'Pages come newest first, the rows of each oldest first',
    lists: NEWEST_FIRST_TURNED,
    chats: NEWEST_FIRST_TURNED,
  },
  'rows-twice': {
    meaning: 'Every tenth record stands twice on its page',
    lists: { twiceOnPage: csId => csId % 10 === 0 },
  },
  'swapped-rows': {
    meaning: 'Records stand in the place of their neighbours',
    lists: { swapped: neighbour },
  },
  'twenty-a-page': {
    meaning: 'per_page is ignored: a page has 20 rows',
    lists: { perPage: 20 },
    chats: { perPage: 20 },
  },
  'days-ignored': {
    meaning: 'starttime and endtime are ignored',
    lists: { days: 'ignored' },
  },
  'pages-from-zero': {
    meaning: 'Pages are counted from 0: page 1 is the second one',
    lists: { firstPage: 0 },
  },
  'no-count': {
    meaning: 'There is no count and no next_page',
    lists: NO_COUNT,
    chats: NO_COUNT,
  },
  'count-of-page': {
    meaning: 'count is the number of rows of the page, and there is no next_page',
    lists: COUNT_OF_PAGE,
    chats: COUNT_OF_PAGE,
  },
  'last-page-again': {
    meaning: 'A page past the end repeats the last one',
    lists: { pageBeyondEnd: 'last again' },
    chats: { pageBeyondEnd: 'last again' },
  },
  'deep-pages-refused': {
    meaning: 'Pages beyond record 1,000 are refused with 422',
    lists: { refusedBeyond: { row: 1000, status: 422 } },
  },
  'untimed-messages': {
    meaning: 'The last three messages of a chat have no time',
    chats: { time: untimedLast(3) },
  },
  'several-agents': {
    meaning: 'A robot greets, and another agent takes over after ten messages',
    chats: { spokesman: message => robot(1, '小帮')(message) ?? handOver(11, '孙悦')(message) },
  },
  'late-beginnings': {
    meaning: 'Every third record begins three days after its creation',
    beginsDaysLater: csId => (csId % 3 === 0 ? 3 : 0),
  },
}

/** The options of several oddities together, and of what happens to all answers. */
export function optionsOf(named: readonly NamedOddity[], wire?: WireChange): EmulatorOptions {
  const lists: ListOddities = Object.assign({}, ...named.map(each => each.lists))
  const chatrecords: ChatOddities = Object.assign({}, ...named.map(each => each.chats))
  const beginsDaysLater = named.find(each => each.beginsDaysLater)?.beginsDaysLater
  const everywhere = wire ? { wire } : {}
  return {
    oddities: { everywhere, lists, chatrecords },
    ...(beginsDaysLater && { beginsDaysLater }),
  }
}
