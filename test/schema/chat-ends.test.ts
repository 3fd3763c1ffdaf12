import { describe, expect, test } from 'vitest'
import type { ChatOddities } from '../../src/emulator/odd/oddities.ts'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { askChat, LONG } from './chat-asking.ts'

const none = () => undefined

interface Walk {
  readonly texts: readonly string[]
  /** The pages of each part, as `page/per_page`. */
  readonly pages: readonly string[]
}

/** Walks through a chat by parts, in a gateway that has just started. */
async function walk(gateway: Gateway, part: 'first' | 'last', size: number): Promise<Walk> {
  gateway.forget()
  const texts: string[] = []
  const pages: string[] = []
  let cursor: string | undefined
  const [word, end, more] =
    part === 'first'
      ? (['after', 'endCursor', 'hasNextPage'] as const)
      : (['before', 'startCursor', 'hasPreviousPage'] as const)
  do {
    const place = cursor === undefined ? '' : `, ${word}: $cursor`
    const selection = `{ nodes { text sentAt } pageInfo { ${end} ${more} } }`
    const wish = `(${part}: ${size}${place}) ${selection}`
    const { chat, failures, calls } = await askChat(gateway, LONG, wish, cursor)
    expect(failures).toEqual([])
    const rows = chat.nodes.map(({ text, sentAt }: Record<string, string>) => `${sentAt} ${text}`)
    texts.splice(part === 'first' ? texts.length : 0, 0, ...rows)
    pages.push(calls.map(pageOf).join(' '))
    cursor = chat.pageInfo[more] ? chat.pageInfo[end] : undefined
  } while (cursor !== undefined)
  return { texts, pages }
}

const pageOf = (call: string): string =>
  call.replace(/^.*\bpage=(\d+).*\bper_page=(\d+).*$/, '$1/$2')

const chatOf = (messageCount: number) => startGateway({ messageCount: () => messageCount })

async function walkBoth(gateway: Gateway, chatrecords: ChatOddities) {
  gateway.emulator.oddities = {}
  const { texts } = await walk(gateway, 'first', 50)
  gateway.emulator.oddities = { chatrecords }
  return {
    texts,
    forward: await walk(gateway, 'first', 50),
    backward: await walk(gateway, 'last', 20),
  }
}

/** Once its end is known: 20 messages each, and what joins them. */
const BACK = [
  '8/27',
  '8/24',
  '6/29',
  '5/31',
  '5/27',
  '4/28',
  '4/23',
  '3/24',
  '2/26',
  '1/31',
  '1/11',
]

describe('a chat of 230 messages is given whole, and its end is found', () => {
  test.each<[string, ChatOddities, string[], string[]]>([
    [
      'a count of the page and no next_page, pages of 50 at most',
      { count: 'of the page', nextPage: 'absent', maxPerPage: 50 },
      ['1/51 2/51 1/100 2/100 13/4', '2/49 17/6', '3/49 19/8', '4/49 17/12', '5/49 28/9'],
      ['1/21 1/100 2/100 3/100 4/100 5/100 6/100 10/23 231/1', ...BACK],
    ],
    [
      'next_page on every page',
      { nextPage: 'always' },
      ['1/51 33/7', '1/100', '2/76', '3/67', '7/33 230/1 231/1'],
      ['1/21 10/23 231/1', ...BACK],
    ],
    [
      'next_page on every page, no count',
      { nextPage: 'always', count: none },
      ['1/51 1/100 2/100', '1/100', '2/76', '3/67', '4/63 5/55 6/55 1000000/55'],
      ['1/21 1/100 2/100 3/100 4/100 1000000/100', ...BACK],
    ],
    [
      'a count of 0',
      { count: () => 0 },
      ['1/51 1/100 2/100', '1/100', '2/76', '3/67', '4/63'],
      ['1/21 1/100 2/100 3/100', ...BACK],
    ],
    [
      'the last page again beyond the end, neither count nor next_page',
      { pageBeyondEnd: 'last again', nextPage: 'absent', count: none },
      ['1/51 1/100 2/100', '1/100 17/6', '2/76', '3/67', '4/63 5/55 6/55'],
      ['1/21 1/100 2/100 3/100 4/100', ...BACK],
    ],
    [
      'the last page again beyond the end, and next_page on every page',
      { pageBeyondEnd: 'last again', nextPage: 'always', count: none },
      ['1/51 1/100 2/100', '1/100', '2/76', '3/67', '4/63 5/55 6/55 1000000/55'],
      ['1/21 1/100 2/100 3/100 4/100 1000000/100', ...BACK],
    ],
    [
      'next_page and count always null',
      { nextPage: () => null, count: () => null },
      ['1/51 1/100 2/100', '1/100 17/6', '2/76', '3/67', '4/63'],
      ['1/21 1/100 2/100 3/100', ...BACK],
    ],
  ])('%s', async (_, oddities, forwardPages, backwardPages) => {
    await using gateway = await chatOf(230)
    const { texts, forward, backward } = await walkBoth(gateway, oddities)
    expect(texts).toHaveLength(230)
    expect(forward).toEqual({ texts, pages: forwardPages })
    expect(backward).toEqual({ texts, pages: backwardPages })
  })
})

test('pages of 20, a count of the page and no next_page: the chat is given whole', async () => {
  await using gateway = await chatOf(230)
  const { texts } = await walk(gateway, 'first', 50)
  const chatrecords = { count: 'of the page', nextPage: 'absent', perPage: 20 } as const
  gateway.emulator.oddities = { chatrecords }
  const { texts: given, pages } = await walk(gateway, 'first', 50)
  expect(given).toEqual(texts)
  expect(pages).toEqual([
    '1/51 2/51 1/100 2/100 2/19 3/17',
    '3/20 4/20 5/20 6/20',
    '5/20 6/20 7/20 8/20',
    '8/20 9/20 10/20 11/20',
    '10/20 11/20 12/20 13/20',
  ])
})

describe('a chat of 12 messages takes', () => {
  test.each<[string, ChatOddities, string]>([
    ['one call where next_page is null', {}, '1/51'],
    ['one more where next_page is absent', { nextPage: 'absent' }, '1/51 2/51'],
    [
      'one more where the count is that of the page',
      { count: 'of the page', nextPage: 'absent' },
      '1/51 2/51',
    ],
    ['one more where next_page is on every page', { nextPage: 'always' }, '1/51 2/51'],
    [
      'one more where the last page comes again',
      { pageBeyondEnd: 'last again', count: none, nextPage: 'absent' },
      '1/51 2/51',
    ],
  ])('%s', async (_, chatrecords, calls) => {
    await using gateway = await chatOf(12)
    gateway.emulator.oddities = { chatrecords }
    const { texts, pages } = await walk(gateway, 'first', 50)
    expect(texts).toHaveLength(12)
    expect(pages).toEqual([calls])
  })
})

test('a chat of just the rows that were asked for is proven whole by the page after it', async () => {
  await using gateway = await chatOf(100)
  const { texts, pages } = await walk(gateway, 'first', 100)
  expect(texts).toHaveLength(100)
  expect(pages).toEqual(['1/100 2/100'])
})
