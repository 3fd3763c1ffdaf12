import { describe, expect, test } from 'vitest'
import { untimedLast } from '../../src/emulator/odd/odd-chats.ts'
import type { ChatOddities } from '../../src/emulator/odd/oddities.ts'
import { neighbour } from '../../src/emulator/row-list.ts'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { askChat } from './chat-asking.ts'

const CHAT = `query ($first: Int, $after: String, $last: Int, $before: String) {
  remoteRecord(csId: 1010) {
    chatMessages(first: $first, after: $after, last: $last, before: $before) {
      nodes { text sentAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`

async function partOf(gateway: Gateway, variables: Record<string, unknown>) {
  const { data, failures } = await gateway.ask(CHAT, variables)
  if (failures.length > 0) throw new Error(failures.join())
  const { nodes, pageInfo } = data.remoteRecord.chatMessages
  return { texts: nodes.map(({ text }: { text: string }) => text), pageInfo }
}

async function walkForward(gateway: Gateway, first: number): Promise<string[]> {
  const texts: string[] = []
  for (let after: string | null = null; ; ) {
    const part = await partOf(gateway, { first, after })
    texts.push(...part.texts)
    if (!part.pageInfo.hasNextPage) return texts
    after = part.pageInfo.endCursor
  }
}

async function walkBackward(gateway: Gateway, last: number): Promise<string[]> {
  const texts: string[] = []
  for (let before: string | null = null; ; ) {
    const part = await partOf(gateway, { last, before })
    texts.unshift(...part.texts)
    if (!part.pageInfo.hasPreviousPage) return texts
    before = part.pageInfo.startCursor
  }
}

const chatOf = (messageCount: number, chatrecords: ChatOddities = {}) =>
  startGateway({ recordCount: 40, messageCount: () => messageCount, oddities: { chatrecords } })

/** The chat as it is, and which of its messages are shown. */
async function textsOf(messageCount: number, isShown = (_: number) => true): Promise<string[]> {
  await using gateway = await chatOf(messageCount)
  const texts = await walkForward(gateway, 100)
  expect(texts).toHaveLength(messageCount)
  return texts.filter((_, at) => isShown(at + 1))
}

const hidden: ChatOddities = { hidden: ({ number }) => number % 10 === 0 }
const isShown = (number: number) => number % 10 !== 0

describe.each([
  ['pages of 50 at most', 160, { maxPerPage: 50 }, undefined],
  ['pages of 20 at most', 160, { maxPerPage: 20 }, undefined],
  ['pages that begin with the newest', 12, { order: 'descending' }, undefined],
  ['pages that begin with the newest, each turned', 101, TURNED(), undefined],
  ['last messages without time', 105, { time: untimedLast(10) }, undefined],
  ['neighbours in each other’s place', 105, { swapped: neighbour }, undefined],
  ['messages hidden from their pages', 160, hidden, isShown],
  [
    'messages twice on their page',
    130,
    { twiceOnPage: ({ number }) => number % 7 === 0 },
    undefined,
  ],
  ['always 20 rows', 70, { perPage: 20 }, undefined],
  ['all rows at once', 160, { perPage: 'all' }, undefined],
  [
    'a count that counts what is hidden',
    3,
    { hidden: ({ number }) => number === 2 },
    (n: number) => n !== 2,
  ],
] as [string, number, ChatOddities, ((number: number) => boolean) | undefined][])(
  '%s: nothing is lost, and nothing comes twice',
  (_, messageCount, oddities, shown) => {
    test.each([5, 50, 100])('by %i', async size => {
      const texts = await textsOf(messageCount, shown)
      await using gateway = await chatOf(messageCount, oddities)
      const forward = await walkForward(gateway, size)
      gateway.forget()
      const backward = await walkBackward(gateway, size)
      if (oddities.swapped) {
        expect(forward.toSorted()).toEqual(texts.toSorted())
        expect(backward).toEqual(forward)
      } else {
        expect(forward).toEqual(texts)
        expect(backward).toEqual(texts)
      }
    })
  },
)

function TURNED(): ChatOddities {
  return { order: 'descending', rowsInPage: 'turned' }
}

test('a chat whose length nobody states keeps its messages, and has no totalCount', async () => {
  await using gateway = await startGateway({
    messageCount: () => 230,
    oddities: { chatrecords: { count: () => undefined, nextPage: 'absent' } },
  })
  const page = '(first: 100) { totalCount nodes { text } pageInfo { hasNextPage } }'
  const { chat, failures } = await askChat(gateway, '2449', page)
  expect(failures).toEqual(['LOOKUP_INCONCLUSIVE _entities 0 chatMessages totalCount'])
  expect(chat.totalCount).toBeNull()
  expect(chat.nodes).toHaveLength(100)
  expect(chat.pageInfo.hasNextPage).toBe(true)
})
