import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInSlices, TooManyValuesError } from '../../../src/upstream/bodies/sliced-json.ts'

/** Some KiB, with all that might be taken for the end of a row. */
const row = fc
  .tuple(fc.string({ maxLength: 40 }), fc.jsonValue({ maxDepth: 2 }), fc.nat(20_000))
  .map(([text, value, length]) => ({
    text,
    note: `\\"]},[{${text}\\\\`.padEnd(length, '\\",'),
    value,
  }))

const rows = fc
  .array(row, { maxLength: 60 })
  .map(some => Array.from({ length: 8 }, () => some).flat())

const frames = [
  (list: unknown) => list,
  (list: unknown) => ({ remoterecords: list, count: 3, next_page: null }),
  (list: unknown) => ({ count: 3, tags: ['a', ['b']], remoterecords: list }),
  (list: unknown) => ({ remote_chatrecords: { csId: '221', contents: list }, count: 3 }),
  (list: unknown) => ({ data: { serviceSummary: { custom_fields: list } }, status: '200' }),
  (list: unknown) => ({ a: { b: { c: { d: { too: list } } } } }),
]

test('parsing in slices gives what parsing at once gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom(...frames),
      fc.boolean(),
      async (list, frame, isWide) => {
        const text = JSON.stringify(frame(list), null, isWide ? 1 : undefined)
        expect(await parseInSlices(text, JSON.parse)).toEqual(JSON.parse(text))
      },
    ),
    { numRuns: 60 },
  )
})

test('a text that is cut anywhere is refused as it is when it is parsed at once', async () => {
  const text = JSON.stringify({ remoterecords: Array(3000).fill({ note: 'x'.repeat(200) }) })
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), async length => {
      await expect(parseInSlices(text.slice(0, length), JSON.parse)).rejects.toThrow(SyntaxError)
    }),
    { numRuns: 100 },
  )
})

test.each([
  ['a list of lists', `[${'[],'.repeat(300_000)}1]`, 'read'],
  ['a list in a row', `{"rows":[{"a":[${'{},'.repeat(300_000)}1]}]}`, 'refused'],
  ['an object of many names', `{${'"k":1,'.repeat(300_000)}"l":1}`, 'refused'],
  ['one long text', JSON.stringify({ rows: ['x'.repeat(1_000_000)] }), 'read'],
])('what would take too long at once is not parsed: %s', async (_, text, outcome) => {
  const parsed = parseInSlices(text, JSON.parse)
  if (outcome === 'read') expect(await parsed).toEqual(JSON.parse(text))
  else await expect(parsed).rejects.toThrow(TooManyValuesError)
})

test('objects within each other without end do not exhaust the stack', async () => {
  const depth = 50_000
  const nested = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  const text = `{"deep":${nested},"rows":${JSON.stringify(Array(3000).fill('x'.repeat(200)))}}`
  expect(await parseInSlices(text, JSON.parse)).toMatchObject({ rows: { length: 3000 } })
})
