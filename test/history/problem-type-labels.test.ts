import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ProblemTypeLabels } from '../../src/history/problem-type-labels.ts'

test('pairs of one record are learnt, level by level', () => {
  const labels = new ProblemTypeLabels()
  expect(labels.isEmpty).toBe(true)
  labels.learn([221, 224, 240], ['登录', '无法登录', '账号被锁定'])
  expect(labels.isEmpty).toBe(false)
  expect(labels.get(1, 221)).toBe('登录')
  expect(labels.get(2, 224)).toBe('无法登录')
  expect(labels.get(3, 240)).toBe('账号被锁定')
})

test('an id is known within its level alone', () => {
  const labels = new ProblemTypeLabels()
  labels.learn([224, null, null], ['登录', null, null])
  expect(labels.get(2, 224)).toBeUndefined()
})

test('what one of the two lists does not tell is not guessed', () => {
  const labels = new ProblemTypeLabels()
  labels.learn([221, null, 240], [null, '无法登录', ''])
  expect(labels.isEmpty).toBe(true)
})

test('a later pair corrects an earlier one', () => {
  const labels = new ProblemTypeLabels()
  labels.learn([221, null, null], ['登录', null, null])
  labels.learn([221, null, null], ['登录与授权', null, null])
  expect(labels.get(1, 221)).toBe('登录与授权')
})

test('a label is believed for so long, and then not any more', async () => {
  const [short, long] = [20, 60_000].map(maxAgeMs => new ProblemTypeLabels({ maxAgeMs }))
  for (const labels of [short, long]) labels?.learn([221, null, null], ['登录', null, null])
  await wait(80)
  expect(short?.get(1, 221)).toBeUndefined()
  expect(long?.get(1, 221)).toBe('登录')
})

test('memory is bounded: the label used longest ago goes first', () => {
  const labels = new ProblemTypeLabels({ maxLabels: 2 })
  labels.learn([1, 2, null], ['one', 'two', null])
  labels.get(1, 1)
  labels.learn([null, null, 3], [null, null, 'three'])
  expect([labels.get(1, 1), labels.get(2, 2), labels.get(3, 3)]).toEqual([
    'one',
    undefined,
    'three',
  ])
})
