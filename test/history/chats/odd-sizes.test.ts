import { describe, expect, test } from 'vitest'
import { exploreChats, type OddChat } from './odd-sizes.ts'

const PAGES: Readonly<Record<string, OddChat>> = {
  'as many messages as are asked for': {},
  'at most 50 messages': { maxPerPage: 50 },
  'at most 33 messages': { maxPerPage: 33 },
  'at most 20 messages': { maxPerPage: 20 },
  'at most 7 messages': { maxPerPage: 7 },
  'always 100 messages': { fixedPage: 100 },
}

const ROUNDED_PAGES: Readonly<Record<string, OddChat>> = {
  'at least 10 messages': { rounding: 'at least 10' },
  'messages rounded up to fives': { rounding: 'up to fives' },
  'messages rounded up to tens': { rounding: 'up to tens' },
  'messages rounded up to 10, 20, 50 or 100': { rounding: 'up to some' },
}

const CLAIMS: Readonly<Record<string, OddChat>> = {
  'true claims': {},
  'no count': { says: 'next page' },
  'no next_page': { says: 'count' },
  'a next_page of each page': { says: 'always a next page' },
}

const NULL: Readonly<Record<string, OddChat>> = {
  'a next_page that is always null': { says: 'next page null' },
}

const everyTenth = { hidden: (message: number) => message % 10 === 3 }

const { 'at most 7 messages': smallest, ...LARGER_PAGES } = PAGES

describe.each(Object.entries({ ...CLAIMS, ...NULL }))('of chats with %s', (_, claims) => {
  test.each(Object.entries(PAGES))('pages have %s: nothing is lost', async (_, pages) => {
    expect(await exploreChats({ ...pages, ...claims })).toMatchObject({ silent: [], refused: [] })
  })

  test.each(Object.entries(LARGER_PAGES))(
    'pages have %s, and every tenth message is hidden: nothing is lost silently',
    async (_, pages) => {
      const explored = await exploreChats({ ...pages, ...claims, ...everyTenth })
      expect(explored).toMatchObject({ silent: [] })
    },
  )
})

describe.each(Object.entries(CLAIMS))('of chats with %s', (_, claims) => {
  test.each(Object.entries(ROUNDED_PAGES))(
    'pages have %s: nothing is lost silently',
    async (_, pages) => {
      expect(await exploreChats({ ...pages, ...claims })).toMatchObject({ silent: [] })
    },
  )

  test('pages have at most 7 messages, and every tenth is hidden: nothing is lost silently', async () => {
    const explored = await exploreChats({ ...smallest, ...claims, ...everyTenth })
    expect(explored).toMatchObject({ silent: [] })
  })
})
