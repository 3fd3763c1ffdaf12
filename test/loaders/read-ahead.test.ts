import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { directReads } from '../../src/cache/reads.ts'
import type { PageNumber } from '../../src/history/pages/page-number.ts'
import { ReadAhead } from '../../src/loaders/read-ahead.ts'
import type { UpstreamSession } from '../../src/upstream/client.ts'

/** A session that notes which pages it is asked for, as `page/per_page`, and fails those of a list. */
function createSession(failing: string[] = []) {
  const asked: string[] = []
  const session: UpstreamSession = {
    oddity: () => () => undefined,
    async get(_, __, query, decode) {
      const name = `${query.page}/${query.per_page}`
      asked.push(name)
      const at = failing.indexOf(name)
      if (at >= 0) throw new Error(failing.splice(at, 1)[0])
      return decode(name)
    },
  }
  return { asked, session }
}

const toPage = (name: string) => {
  const [page = 0, perPage = 0] = name.split('/').map(Number)
  return { page, perPage }
}

/** Those of a list, in an order that a test chooses. */
const pagesOf = (names: readonly string[]) => {
  const indexOf = ({ page, perPage }: PageNumber) => names.indexOf(`${page}/${perPage}`)
  return {
    has: (page: PageNumber) => indexOf(page) >= 0,
    following(page: PageNumber) {
      const next = this.has(page) ? names[indexOf(page) + 1] : undefined
      return next === undefined ? undefined : toPage(next)
    },
  }
}

async function read(foreseen: readonly string[], pages: readonly string[], failing?: string[]) {
  const { asked, session } = createSession(failing)
  const ahead = new ReadAhead(directReads(session).open())
  ahead.foresee(pagesOf(foreseen))
  if (foreseen.length > 0) ahead.start()
  const bodies: unknown[] = []
  for (const name of pages) {
    const { page, perPage } = toPage(name)
    const query = { page, per_page: perPage }
    bodies.push(await ahead.session.get('histories', '/list', query, body => body))
    await setImmediate()
  }
  return { asked, bodies, pending: ahead.pending }
}

const hundreds = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}/100`)

test('nothing is asked for ahead before the reading starts', async () => {
  const { asked } = await read([], ['1/100', '2/100'])
  expect(asked).toEqual(['1/100', '2/100'])
})

test('pages up to the last one are asked for ahead, each once', async () => {
  const pages = [...hundreds(2, 6), '7/99']
  const { asked, bodies, pending } = await read(pages, pages)
  expect(asked).toEqual(pages)
  expect(bodies).toEqual(pages)
  expect(pending).toBe(0)
})

test('backward too, down to the first page', async () => {
  const pages = ['7/99', ...hundreds(1, 6).toReversed()]
  const { asked, bodies } = await read(pages, pages)
  expect(asked).toEqual(pages)
  expect(bodies).toEqual(pages)
})

test('once another page is wanted than was foreseen, none is foreseen any more', async () => {
  const { asked } = await read(hundreds(1, 20), ['2/100', '9/50', '10/100', '11/100'])
  const foreseen = ['3/100', '4/100', '5/100', '6/100']
  expect(asked).toEqual(['2/100', ...foreseen, '9/50', '10/100', '11/100'])
})

test('a page that could not be had ahead is asked for when it is wanted', async () => {
  const { asked, bodies } = await read(hundreds(1, 3), ['1/100', '2/100'], ['2/100'])
  expect(bodies).toEqual(['1/100', '2/100'])
  expect(asked).toEqual(['1/100', '2/100', '3/100', '2/100'])
})

test('a page that fails again is an error for those who want it alone', async () => {
  const { session } = createSession(['2/100', '2/100'])
  const ahead = new ReadAhead(directReads(session).open())
  ahead.foresee(pagesOf(hundreds(1, 3)))
  ahead.start()
  const get = (page: number) =>
    ahead.session.get('histories', '/list', { page, per_page: 100 }, body => body)
  expect(await get(1)).toBe('1/100')
  await expect(get(2)).rejects.toThrow('2/100')
  expect(await get(3)).toBe('3/100')
})

test('pages are asked for when they are wanted, once they must not be beside each other', async () => {
  const { asked, session } = createSession()
  const beside: string[] = []
  const reading = directReads(session).open()
  let mayBeBeside = true
  const noting = {
    ...reading,
    getBeside: ((_endpoint, _path, query, decode) => {
      beside.push(`${query.page}/${query.per_page}`)
      return reading.getBeside(_endpoint, _path, query, decode)
    }) as typeof reading.getBeside,
  }
  const ahead = new ReadAhead(noting, () => mayBeBeside)
  ahead.foresee(pagesOf(hundreds(1, 9)))
  ahead.start()
  const get = (page: number) =>
    ahead.session.get('histories', '/list', { page, per_page: 100 }, body => body)
  await get(1)
  expect(beside).toEqual(hundreds(1, 5))
  mayBeBeside = false
  await get(2)
  expect(asked).toEqual([...hundreds(1, 5), '2/100'])
  expect([beside.length, ahead.pending]).toEqual([5, 0])
})
