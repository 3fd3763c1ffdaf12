import { expect, test } from 'vitest'
import type { ChatOddities } from '../../src/emulator/odd/oddities.ts'
import { startGateway } from '../gateway.ts'
import { LONG, walkedChat } from './chat-asking.ts'
import { ODD_PAGES } from './odd-upstreams.ts'

/** How chats may be odd besides. */
const ODD_CHATS: Readonly<Record<string, ChatOddities>> = {
  ...ODD_PAGES,
  'newest first': { order: 'descending' },
  'newest first, at most 50 rows a page': { order: 'descending', maxPerPage: 50 },
  'every tenth message hidden': { hidden: ({ number }) => number % 10 === 0 },
  'every tenth message hidden, at most 50 rows a page': {
    hidden: ({ number }) => number % 10 === 0,
    maxPerPage: 50,
  },
  '30 messages in a row hidden': { hidden: ({ number }) => number > 40 && number <= 70 },
}

const MESSAGES = 230
/** The end is only found page by page, which takes more calls than a part of a chat may take. */
const TOO_DEAR = 'neither count nor next_page, always 20 rows a page, last: 20'

test.each(Object.entries(ODD_CHATS))('chats, %s: nothing is lost', async (name, chatrecords) => {
  await using gateway = await startGateway({ messageCount: () => MESSAGES })
  const all = await walkedChat(gateway, LONG, 'first: 50')
  expect(all).toHaveLength(MESSAGES)
  const shown = all.filter(
    (_, at) =>
      !chatrecords.hidden?.({ number: at + 1 } as Parameters<typeof chatrecords.hidden>[0]),
  )
  gateway.emulator.oddities = { chatrecords }
  for (const part of ['first: 50', 'last: 20'] as const) {
    gateway.forget()
    const outcome = await walkedChat(gateway, LONG, part).catch((error: Error) => error.message)
    if (`${name}, ${part}` === TOO_DEAR) expect(outcome).toMatch(/^UPSTREAM_CALL_LIMIT /)
    else expect([part, outcome]).toEqual([part, shown])
  }
})

test.each([{ rowsAhead: 1 }, { rowsAhead: 3, order: 'descending' }] as const)(
  'chats whose pages repeat rows, $rowsAhead each: nothing is lost without a word',
  async chatrecords => {
    await using gateway = await startGateway({ messageCount: () => MESSAGES })
    const all = await walkedChat(gateway, LONG, 'first: 50')
    gateway.emulator.oddities = { chatrecords }
    for (const part of ['first: 50', 'last: 20'] as const) {
      gateway.forget()
      const outcome = await walkedChat(gateway, LONG, part).catch((error: Error) => error.message)
      if (typeof outcome === 'string') expect(outcome).toMatch(/^LOOKUP_INCONCLUSIVE /)
      else expect(outcome).toEqual(all)
    }
  },
)
