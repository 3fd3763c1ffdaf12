import { expect, test } from 'vitest'
import { toCustomFields } from '../../src/upstream/custom-field.ts'
import type { OddityKind } from '../../src/upstream/oddity.ts'
import { cpuMs, leastOfThree } from '../measure.ts'

function decode(value: unknown) {
  const oddities: OddityKind[] = []
  const fields = toCustomFields(value, (kind, unreadable) => {
    oddities.push(kind)
    expect(unreadable).toBe('custom_fields')
  })
  return { fields, oddities }
}

const field = (value: unknown) => decode([{ key: 'field_1', value }])

test('a number is its digits, as a key and as a value; one that no double holds is told', () => {
  const { fields, oddities } = decode([
    { key: 1e25, value: [1e21, 1e-7] },
    { key: 'k', value: Number.POSITIVE_INFINITY },
    { key: Number.POSITIVE_INFINITY, value: 'v' },
  ])
  expect(fields.map(({ key, value }) => [key, value])).toEqual([
    ['10000000000000000000000000', '1000000000000000000000,0.0000001'],
    ['k', null],
  ])
  expect(oddities).toEqual(['unreadable-field', 'custom-field-without-key'])
})

test('fields keep their order, and a key may come twice', () => {
  const { fields, oddities } = decode([
    { key: 'field_2', value: '下拉菜单的某一项' },
    { key: 'field_1', value: '4334' },
    { key: 'field_2', value: '1' },
  ])
  expect(fields.map(({ key, value }) => [key, value])).toEqual([
    ['field_2', '下拉菜单的某一项'],
    ['field_1', '4334'],
    ['field_2', '1'],
  ])
  expect(oddities).toEqual([])
})

test.each([
  [' 1 ', ' 1 '],
  [4334, '4334'],
  [1.5, '1.5'],
  [true, 'true'],
  [false, 'false'],
  ['', null],
  [null, null],
  [undefined, null],
  [['甲', '乙'], '甲,乙'],
  [['甲'], '甲'],
  [[1, true, null, ''], '1,true'],
  [{ 0: '甲', 2: '乙' }, '甲,乙'],
  [[], null],
])('the value %j is %j', (value, text) => {
  expect(field(value)).toEqual({
    fields: [{ key: 'field_1', value: text, attachments: [] }],
    oddities: [],
  })
})

test.each([[{ a: 1 }], [[['x']]], [['x', {}]], [{}]])('the value %j cannot be read', value => {
  expect(field(value)).toEqual({
    fields: [{ key: 'field_1', value: null, attachments: [] }],
    oddities: ['unreadable-field'],
  })
})

test.each([undefined, null, '', ' ', {}, []])('%j is no fields', value => {
  expect(decode(value)).toEqual({ fields: [], oddities: [] })
})

test.each(['x', 7, true, { key: 'no list' }])('%j cannot be read as fields', value => {
  expect(decode(value)).toEqual({ fields: [], oddities: ['unreadable-field'] })
})

test.each([
  ['a map', { field_2: '甲', field_1: '4334' }],
  ['a map of entries', { field_2: { value: '甲' }, field_1: { value: 4334 } }],
  [
    'a map of entries with keys',
    { 7: { key: 'field_2', value: '甲' }, 9: { key: 'field_1', value: '4334' } },
  ],
])('fields are read from %s', (_, value) => {
  expect(decode(value)).toEqual({
    fields: [
      { key: 'field_2', value: '甲', attachments: [] },
      { key: 'field_1', value: '4334', attachments: [] },
    ],
    oddities: [],
  })
})

test('a map may have numbers for keys, and lists for values', () => {
  expect(decode({ 12: 'x', 15: ['a', 'b'] })).toEqual({
    fields: [
      { key: '12', value: 'x', attachments: [] },
      { key: '15', value: 'a,b', attachments: [] },
    ],
    oddities: [],
  })
})

test('the URLs of a list are attachments, whatever stands in their names', () => {
  const urls = ['https://a/1, 2.pdf', 'https://b/3']
  expect(field(urls).fields).toEqual([
    { key: 'field_1', value: 'https://a/1, 2.pdf,https://b/3', attachments: urls },
  ])
  expect(field(['https://a/1', 'see there']).fields[0]?.attachments).toEqual([])
})

test.each([{}, { value: '1' }, { key: '' }, { key: null }, null, 'field_1', ['field_1']])(
  'the entry %j is left out',
  entry => {
    expect(decode([entry, { key: 7, value: 'x' }])).toEqual({
      fields: [{ key: '7', value: 'x', attachments: [] }],
      oddities: ['custom-field-without-key'],
    })
  },
)

test.each([
  ['https://files.example.com/a', ['https://files.example.com/a']],
  ['https://a/1,http://b/2', ['https://a/1', 'http://b/2']],
  [' https://a/1 , https://b/2 ', ['https://a/1', 'https://b/2']],
  ['https://a/1,', ['https://a/1']],
  ['https://a/1, ,\n,https://b/2,, ', ['https://a/1', 'https://b/2']],
  ['https://a/1,b.pdf', ['https://a/1,b.pdf']],
  ['https://a/1, b c.pdf,https://b/2 3.pdf', ['https://a/1, b c.pdf', 'https://b/2 3.pdf']],
  ['https://a/1 https://b/2', ['https://a/1', 'https://b/2']],
  ['https://a/1,HTTPS://b/2', ['https://a/1', 'HTTPS://b/2']],
  [
    'https://a/1\uff0chttps://b/2\uff1bhttps://c/3\uff0c',
    ['https://a/1', 'https://b/2', 'https://c/3'],
  ],
  [
    'https://a/1;https://b/2、https://c/3\r\nhttps://d/4',
    ['https://a/1', 'https://b/2', 'https://c/3', 'https://d/4'],
  ],
  ['https://a/1\uff0c\u3000\uff1bhttps://b/2', ['https://a/1', 'https://b/2']],
  ['https://a/甲\uff0c乙.pdf', ['https://a/甲\uff0c乙.pdf']],
  ['https://a/1?to=https://b/2', ['https://a/1?to=https://b/2']],
  ['see https://a/1', []],
  ['ftp://a/1', []],
  [',', []],
])('the attachments of %j are %j', (value, attachments) => {
  expect(field(value)).toEqual({
    fields: [{ key: 'field_1', value, attachments }],
    oddities: [],
  })
})

test('an attachment that is no URL is left out and reported, the others are given', () => {
  const value = 'https://a/1,https://['
  expect(field(value)).toEqual({
    fields: [{ key: 'field_1', value, attachments: ['https://a/1'] }],
    oddities: ['unreadable-field'],
  })
})

test.each([
  [',', 128 * 1024],
  [' ', 128 * 1024],
  [',https://a', 1024 * 1024],
])('a long run of %j is read in a moment', async (part, times) => {
  const value = `https://a/${part.repeat(times)}x`
  const read = () => cpuMs(() => field(value))
  expect(await leastOfThree(150, read)).toBeLessThan(150)
})
