import type { PageOddities } from '../../src/emulator/odd/oddities.ts'

/** How the pages of a list may be odd, whatever its rows are: for lists of records and for chats. */
export type OddPages = Pick<
  PageOddities<unknown>,
  | 'maxPerPage'
  | 'perPage'
  | 'order'
  | 'rowsInPage'
  | 'count'
  | 'nextPage'
  | 'pageBeyondEnd'
  | 'refusedBeyond'
>

const none = () => undefined

const NO_CLAIM = { count: none, nextPage: 'absent' } as const

/** Ways in which real upstreams page, by name. */
export const ODD_PAGES: Readonly<Record<string, OddPages>> = {
  'as documented': {},
  'at most 50 rows a page': { maxPerPage: 50 },
  'at most 20 rows a page': { maxPerPage: 20 },
  '10 rows a page, whatever is asked for': { perPage: 10 },
  '20 rows a page, whatever is asked for': { perPage: 20 },
  '50 rows a page, whatever is asked for': { perPage: 50 },
  'all rows, whatever is asked for': { perPage: 'all' },
  'pages turned round': { order: 'descending', rowsInPage: 'turned' },
  'neither count nor next_page': NO_CLAIM,
  'neither count nor next_page, at most 50 rows a page': { ...NO_CLAIM, maxPerPage: 50 },
  'neither count nor next_page, always 20 rows a page': { ...NO_CLAIM, perPage: 20 },
  'count and next_page always null': { count: () => null, nextPage: 'never' },
  'count and next_page of the page': { count: 'of the page', nextPage: 'absent' },
  'count of the page, at most 50 rows a page': {
    count: 'of the page',
    nextPage: 'absent',
    maxPerPage: 50,
  },
  'next_page always stated': { nextPage: 'always' },
  'next_page always stated, no count': { nextPage: 'always', count: none },
  'next_page always null': { nextPage: 'never' },
  'no next_page': { nextPage: 'absent' },
  'no count': { count: none },
  'count always 0': { count: () => 0 },
  'count as text': { count: count => String(count) },
  'count too small by 37': { count: count => Math.max(0, count - 37) },
  'count at most 250': { count: count => Math.min(250, count) },
  'count rounded up': { count: count => Math.ceil(count / 100) * 100 },
  'the last page again beyond the end': { pageBeyondEnd: 'last again' },
  'the last page again beyond the end, at most 50 rows a page': {
    pageBeyondEnd: 'last again',
    maxPerPage: 50,
  },
  'status 404 beyond the end': { pageBeyondEnd: 404 },
  'status 404 beyond the end, neither count nor next_page': { ...NO_CLAIM, pageBeyondEnd: 404 },
}
