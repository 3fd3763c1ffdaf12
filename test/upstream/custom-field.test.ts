import { expect, test } from 'vitest'
import { toCustomFields } from '../../src/upstream/custom-field.ts'
import type { OddityKind } from '../../src/upstream/oddity.ts'

function decode(value: unknown) {
  const oddities: OddityKind[] = []
  return { fields: toCustomFields(value, kind => oddities.push(kind)), oddities }
}

const field = (value: unknown) => decode([{ key: 'field_1', value }])

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
])('the value %j is %j', (value, text) => {
  expect(field(value)).toEqual({
    fields: [{ key: 'field_1', value: text, attachments: [] }],
    oddities: [],
  })
})

test.each([[{ a: 1 }], [['x']]])('the value %j cannot be read', value => {
  expect(field(value)).toEqual({
    fields: [{ key: 'field_1', value: null, attachments: [] }],
    oddities: ['unreadable-field'],
  })
})

test.each([undefined, null, '', {}, 'x', 7])('%j is no fields', value => {
  expect(decode(value)).toEqual({ fields: [], oddities: [] })
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
  ['https://a/1,', []],
  ['https://a/1,b.pdf', []],
  ['https://a/1 https://b/2', []],
  ['https://a/1,javascript:alert(1)', []],
  ['https://a/1,https://[', []],
  ['see https://a/1', []],
  ['ftp://a/1', []],
  [',', []],
])('the attachments of %j are %j', (value, attachments) => {
  const [decoded] = field(value).fields
  expect(decoded).toEqual({ key: 'field_1', value, attachments })
})
