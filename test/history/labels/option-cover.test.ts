import { expect, test } from 'vitest'
import { coverOptions, groupByDays } from '../../../src/history/labels/option-cover.ts'

const holder = (row: string, ...options: string[]) => ({ row, options })

test('the group with the most wanted options comes first, with the records that have them', () => {
  const groups = [
    [holder('a', 'x')],
    [holder('b', 'x', 'y'), holder('c', 'y'), holder('d', 'z')],
    [holder('e', 'w'), holder('f', 'z')],
  ]
  expect(coverOptions(groups, ['x', 'y', 'z', 'w'])).toEqual([['b', 'd'], ['e']])
})

test('what is not wanted costs nothing, nor what no record has', () => {
  expect(coverOptions([[holder('a', 'x')]], [])).toEqual([])
  expect(coverOptions([[holder('a', 'x')]], ['y'])).toEqual([])
  expect(coverOptions([], ['y'])).toEqual([])
})

const dated = (csId: number, day: number) => ({ row: csId, csId, day, options: [] })

const groupsOf = (...holders: readonly ReturnType<typeof dated>[]) =>
  groupByDays(holders).map(group => group.map(({ row }) => row))

test('days share a page as long as csIds tell that their records fit on it', () => {
  // From 100 to 190 there are less than a hundred csIds, whoever has them.
  expect(groupsOf(dated(100, 1), dated(120, 2), dated(160, 4), dated(190, 5))).toEqual([
    [190],
    [160, 190],
    [120, 160, 190],
    [100, 120, 160, 190],
  ])
  expect(groupsOf(dated(100, 1), dated(150, 2), dated(210, 3), dated(260, 4))).toEqual([
    [260],
    [210],
    [150],
    [100],
  ])
})

test('busy days have a page each, at least', () => {
  expect(groupsOf(dated(1000, 1), dated(1500, 1), dated(5000, 2))).toEqual([[5000], [1000, 1500]])
})
