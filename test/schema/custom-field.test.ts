import { expect, test } from 'vitest'
import { recordWith } from './record-with.ts'

const FIELDS = [
  { key: 'field_1', value: '4334' },
  { key: 'field_3', value: '1' },
  { key: 'field_2', value: null },
  { key: 'field_4', value: 'https://f.example.com/a.png, https://f.example.com/%E5%9B%BE.png' },
]

test('fields come in the order of the upstream', async () => {
  const { customFields } = await recordWith({ custom_fields: FIELDS }, 'customFields { key value }')
  expect(customFields).toEqual(FIELDS)
})

test('keys choose among them: in the order of the upstream, unknown ones give nothing', async () => {
  const record = await recordWith(
    { custom_fields: FIELDS },
    `some: customFields(keys: ["field_2", "field_1", "field_9"]) { key }
     none: customFields(keys: []) { key }
     all: customFields(keys: null) { key }`,
  )
  expect(record.some).toEqual([{ key: 'field_1' }, { key: 'field_2' }])
  expect(record.none).toEqual([])
  expect(record.all).toHaveLength(4)
})

test('addresses separated by commas are attachments, and the value stays as it is', async () => {
  const { customFields } = await recordWith(
    { custom_fields: FIELDS },
    'customFields(keys: ["field_4", "field_1"]) { value attachments }',
  )
  expect(customFields).toEqual([
    { value: '4334', attachments: [] },
    {
      value: 'https://f.example.com/a.png, https://f.example.com/%E5%9B%BE.png',
      attachments: ['https://f.example.com/a.png', 'https://f.example.com/%E5%9B%BE.png'],
    },
  ])
})

test.each([
  [[{ key: 'a', value: 4334 }], [{ key: 'a', value: '4334' }]],
  [[{ key: 7, value: true }], [{ key: '7', value: 'true' }]],
  [[{ key: 'a', value: { odd: 1 } }], [{ key: 'a', value: null }]],
  [[{ key: 'a' }, { value: 'no key' }, null, 'odd'], [{ key: 'a', value: null }]],
  [
    [
      { key: 'same', value: '1' },
      { key: 'same', value: '2' },
    ],
    2,
  ],
  [{ key: 'not a list' }, []],
  [null, []],
])('custom_fields %j', async (custom_fields, expected) => {
  const { customFields } = await recordWith({ custom_fields }, 'customFields { key value }')
  if (typeof expected === 'number') expect(customFields).toHaveLength(expected)
  else expect(customFields).toEqual(expected)
})
