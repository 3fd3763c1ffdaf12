import { describe, expect, test } from 'vitest'
import type { ChatOddities } from '../../src/emulator/odd/oddities.ts'
import { startGateway } from '../gateway.ts'
import { LONG, walkedChat } from './chat-asking.ts'

const MESSAGES = 420
/** How many messages in a row are hidden, and the number of the first one. */
const RUNS = [
  [60, 41],
  [99, 1],
  [100, 101],
  [129, 150],
  [250, 90],
] as const
const PARTS = ['first: 10', 'first: 50', 'first: 100', 'last: 10', 'last: 50', 'last: 100'] as const

interface Upstream extends ChatOddities {
  /** Whether some parts may take more calls than an operation has. */
  readonly isDear?: boolean
}

const UPSTREAMS: Readonly<Record<string, Upstream>> = {
  'as documented': {},
  'no next_page': { nextPage: 'absent' },
  'next_page always null': { nextPage: 'never', isDear: true },
  'no count': { count: () => undefined, isDear: true },
  'newest first': { order: 'descending', isDear: true },
  'at most 50 rows a page': { maxPerPage: 50, isDear: true },
  '20 rows a page, whatever is asked for': { perPage: 20, isDear: true },
}

describe.each(Object.entries(UPSTREAMS))('chats, %s', (_, { isDear = false, ...oddities }) => {
  test.each(RUNS)(
    '%i messages in a row hidden from number %i on: all others come',
    async (run, from) => {
      await using gateway = await startGateway({ messageCount: () => MESSAGES })
      const all = await walkedChat(gateway, LONG, 'first: 100')
      expect(all).toHaveLength(MESSAGES)
      const isHidden = (number: number) => number >= from && number < from + run
      const shown = all.filter((_, at) => !isHidden(at + 1))
      const hidden: ChatOddities['hidden'] = ({ number }) => isHidden(number)
      gateway.emulator.oddities = { chatrecords: { ...oddities, hidden } }
      for (const part of PARTS) {
        gateway.forget()
        const outcome = await walkedChat(gateway, LONG, part).catch((error: Error) => error.message)
        if (isDear && typeof outcome === 'string') expect(outcome).toMatch(/^UPSTREAM_CALL_LIMIT /)
        else expect([part, outcome]).toEqual([part, shown])
      }
    },
  )
})
