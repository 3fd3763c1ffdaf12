import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ProblemTypeLabels } from '../../../src/history/labels/problem-type-labels.ts'

const FIRST_READING = {}
const SECOND_READING = {}

const sure = (option: string, label: string | null) => [option, { label, isSure: true }] as const
const unsure = (option: string, label: string | null) => [option, { label, isSure: false }] as const

test('what was learnt is known, by level', () => {
  const labels = new ProblemTypeLabels()
  expect(labels.isEmpty).toBe(true)
  labels.learn([sure('1/221', '登录'), unsure('2/224', '无法登录')], FIRST_READING)
  expect(labels.isEmpty).toBe(false)
  expect(labels.get(1, 221)).toBe('登录')
  expect(labels.get(2, 224)).toBe('无法登录')
  expect(labels.get(2, 221)).toBeUndefined()
})

test('that an option has no text is known too', () => {
  const labels = new ProblemTypeLabels()
  labels.learn([sure('1/221', null)], FIRST_READING)
  expect(labels.get(1, 221)).toBeNull()
})

test('a sure label replaces whatever was known', () => {
  const labels = new ProblemTypeLabels()
  labels.learn([sure('1/221', '登录')], FIRST_READING)
  labels.learn([sure('1/221', '登录与授权')], SECOND_READING)
  expect(labels.get(1, 221)).toBe('登录与授权')
})

test('one that is not sure never replaces one that is', () => {
  const labels = new ProblemTypeLabels()
  labels.learn([sure('1/221', '登录')], FIRST_READING)
  labels.learn([unsure('1/221', '财务')], SECOND_READING)
  expect(labels.get(1, 221)).toBe('登录')
})

test('two that are not sure, and differ, cancel each other', () => {
  const labels = new ProblemTypeLabels()
  labels.learn([unsure('1/221', '登录')], FIRST_READING)
  labels.learn([unsure('1/221', '财务')], SECOND_READING)
  expect(labels.get(1, 221)).toBeUndefined()
})

test('a label is believed for so long, one that is not sure for less', async () => {
  const short = new ProblemTypeLabels({ maxAgeMs: 20 })
  const long = new ProblemTypeLabels({ maxUnsureAgeMs: 20 })
  for (const labels of [short, long]) {
    labels.learn([sure('1/221', '登录'), unsure('2/224', '无法登录')], FIRST_READING)
  }
  await wait(80)
  expect([short.get(1, 221), short.get(2, 224)]).toEqual([undefined, undefined])
  expect([long.get(1, 221), long.get(2, 224)]).toEqual(['登录', undefined])
})

test('one that another reading shows again is sure; the same reading says nothing new', async () => {
  const labels = new ProblemTypeLabels({ maxUnsureAgeMs: 20 })
  labels.learn([unsure('1/221', '登录'), unsure('2/224', '无法登录')], FIRST_READING)
  labels.learn([unsure('1/221', '登录')], FIRST_READING)
  await wait(80)
  expect([labels.get(1, 221), labels.get(2, 224)]).toEqual([undefined, undefined])
  labels.learn([unsure('2/224', '无法登录')], SECOND_READING)
  await wait(80)
  expect([labels.get(1, 221), labels.get(2, 224)]).toEqual([undefined, '无法登录'])
})

test('memory is bounded: the label used longest ago goes first', () => {
  const labels = new ProblemTypeLabels({ maxLabels: 2 })
  labels.learn([sure('1/1', 'one'), sure('2/2', 'two')], FIRST_READING)
  labels.get(1, 1)
  labels.learn([sure('3/3', 'three')], FIRST_READING)
  expect([labels.get(1, 1), labels.get(2, 2), labels.get(3, 3)]).toEqual([
    'one',
    undefined,
    'three',
  ])
})
