import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, epochSecondOf, formatDay, toInstant } from '../../src/upstream/instant.ts'

test.each([
  ['2017-8-27 9:05:07', '2017-08-27T09:05:07+08:00'],
  ['2017-08-27 09:05:07', '2017-08-27T09:05:07+08:00'],
  ['2018-10-24 15:14:12', '2018-10-24T15:14:12+08:00'],
  ['2017-8-7 0:0:0', '2017-08-07T00:00:00+08:00'],
  ['2024-02-29 23:59:59', '2024-02-29T23:59:59+08:00'],
  ['2000-2-29 12:00:00', '2000-02-29T12:00:00+08:00'],
])('%j is %s', (value, instant) => {
  expect(toInstant(value)).toBe(instant)
})

test.each([undefined, null, '', '0000-00-00 00:00:00', '0000-0-0 0:00:00', '0000-00-00'])(
  '%j is no value',
  value => {
    expect(toInstant(value)).toBeNull()
  },
)

test.each([
  '2017-13-01 00:00:00',
  '2017-00-10 00:00:00',
  '2017-02-30 00:00:00',
  '2017-02-29 00:00:00',
  '1900-02-29 00:00:00',
  '2017-04-31 00:00:00',
  '2017-01-00 00:00:00',
  '2017-01-01 24:00:00',
  '2017-01-01 10:60:00',
  '2017-01-01 10:00:60',
  '2017-08-27',
  '2017-08-27T09:05:07+08:00',
  ' 2017-08-27 09:05:07',
  '2017-08-27 09:05:07 ',
  '2017/08/27 09:05:07',
  '17-08-27 09:05:07',
  '12017-08-27 09:05:07',
  '２０１７-08-27 09:05:07',
  'yesterday',
  20170827090507,
  true,
  {},
])('%j is impossible', value => {
  expect(toInstant(value)).toBeUndefined()
})

const seconds = fc.integer({
  min: Date.parse('0001-01-01T00:00:00+08:00') / 1000,
  max: Date.parse('9999-12-31T23:59:59+08:00') / 1000,
})

test('an instant keeps its second and its day, padded or not', () => {
  fc.assert(
    fc.property(seconds, fc.boolean(), (second, padded) => {
      const wall = new Date((second + 8 * 3600) * 1000).toISOString().slice(0, 19)
      const text = padded
        ? wall.replace('T', ' ')
        : wall.replace('T', ' ').replace(/([- ])0/g, '$1')
      const instant = toInstant(text) ?? ''
      expect(instant).toBe(`${wall}+08:00`)
      expect(epochSecondOf(instant)).toBe(second)
      expect(dayOf(instant)).toBe(wall.slice(0, 10))
    }),
  )
})

test.each([
  ['2017-8-7', '2017-08-07'],
  ['2017-08-27', '2017-08-27'],
])('the day %j is asked for as %s', (text, day) => {
  expect(formatDay(text)).toBe(day)
})

test.each(['', '2017-02-30', '2017-13-45', '0000-00-00', '2017-08-27+08:00', '2017-08-27&page=2'])(
  'the day %j cannot be asked for',
  text => {
    expect(() => formatDay(text)).toThrow(RangeError)
  },
)
