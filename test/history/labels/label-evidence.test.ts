import { describe, expect, test } from 'vitest'
import type {
  LabelPair,
  OptionIds,
  OptionLabels,
} from '../../../src/history/labels/label-evidence.ts'
import { repeatedLabels, weighLabels } from '../../../src/history/labels/label-evidence.ts'

const pair = (csId: number, ids: OptionIds, labels: OptionLabels): LabelPair => ({
  csId,
  ids,
  labels,
})

const LOGIN = pair(1, [221, 224, 240], ['登录', '无法登录', '账号被锁定'])
const ACCOUNTS = pair(2, [223, 230, 256], ['财务', '凭证', '借贷不平'])

const again = (csId: number, { ids, labels }: LabelPair) => pair(csId, ids, labels)

/** As `level/option text`, with a question mark if it is not sure. */
const proven = (...pairs: LabelPair[]) =>
  [...weighLabels(pairs)]
    .map(([option, { label, isSure }]) => `${option} ${label}${isSure ? '' : '?'}`)
    .toSorted()

test('records that agree prove a label', () => {
  expect(proven(LOGIN, again(3, LOGIN), ACCOUNTS)).toEqual([
    '1/221 登录',
    '2/224 无法登录',
    '3/240 账号被锁定',
  ])
})

test('a single one makes it likely, if another of its levels is proven or it may stand alone', () => {
  const sibling = pair(4, [221, 225, 241], ['登录', '授权', '过期'])
  expect(proven(LOGIN, again(3, LOGIN), sibling)).toEqual([
    '1/221 登录',
    '2/224 无法登录',
    '2/225 授权?',
    '3/240 账号被锁定',
    '3/241 过期?',
  ])
  expect(proven({ ...ACCOUNTS, mayStandAlone: true })).toEqual([
    '1/223 财务?',
    '2/230 凭证?',
    '3/256 借贷不平?',
  ])
})

test('an id is known within its level alone', () => {
  const login = { ids: [224, null, null], labels: ['登录', null, null] } as const
  expect(proven({ csId: 1, ...login }, { csId: 2, ...login })).toEqual(['1/224 登录'])
})

describe('a record that was reclassified between the two lists', () => {
  const others = [LOGIN, again(3, LOGIN), ACCOUNTS, again(4, ACCOUNTS)]
  const rightOnes = [
    '1/221 登录',
    '1/223 财务',
    '2/224 无法登录',
    '2/230 凭证',
    '3/240 账号被锁定',
    '3/256 借贷不平',
  ]

  test.each([
    ['with other options that records have', pair(9, LOGIN.ids, ACCOUNTS.labels)],
    ['the other way round', pair(9, ACCOUNTS.ids, LOGIN.labels)],
    ['with an option of its own on one level', pair(9, [221, 224, 299], ACCOUNTS.labels)],
    ['with a sibling that no record has', pair(9, [221, 224, 299], LOGIN.labels)],
    ['with options that no record has', pair(9, [298, 297, 299], LOGIN.labels)],
    ['from none', pair(9, LOGIN.ids, [null, null, null])],
    ['from none to options that no record has', pair(9, [298, 297, 299], [null, null, null])],
    ['to none', pair(9, [null, null, null], LOGIN.labels)],
    ['to none on the last level', pair(9, [221, 224, null], LOGIN.labels)],
  ])('proves nothing: %s', (_, torn) => {
    expect(proven(...others, torn)).toEqual(rightOnes)
    expect(proven(torn, ...others)).toEqual(rightOnes)
  })

  test('does not outweigh a single other record, nor is outweighed by it', () => {
    expect(proven(ACCOUNTS, pair(9, ACCOUNTS.ids, LOGIN.labels))).toEqual([])
  })

  test('two such records prove nothing against two others', () => {
    const torn = [9, 10].map(csId => pair(csId, [221, null, null], ['财务', null, null]))
    const honest = [1, 2].map(csId => pair(csId, [221, null, null], ['登录', null, null]))
    expect(proven(...honest, ...torn)).toEqual([])
  })

  test('a text that two siblings claim with many records each is proven of neither', () => {
    const moved = [9, 10].map(csId => pair(csId, [299, null, null], ['登录', null, null]))
    expect(proven(LOGIN, again(3, LOGIN), ...moved).filter(each => each.startsWith('1/'))).toEqual(
      [],
    )
  })
})

test('the same text under two parents is two options', () => {
  const others = [
    pair(1, [221, 224, null], ['登录', '其他', null]),
    pair(2, [221, 224, null], ['登录', '其他', null]),
    pair(3, [223, 230, null], ['财务', '其他', null]),
    pair(4, [223, 230, null], ['财务', '其他', null]),
  ]
  expect(proven(...others)).toEqual(['1/221 登录', '1/223 财务', '2/224 其他', '2/230 其他'])
})

test('that an option has no text takes more than one record', () => {
  const empty = [221, null, null] as const
  expect(proven(pair(1, empty, [null, null, null]))).toEqual([])
  expect(proven(pair(1, empty, [null, null, null]), pair(2, empty, [null, null, null]))).toEqual([
    '1/221 null',
  ])
})

test('what a record says twice is sure, an empty text too; if it says something else, nothing is', () => {
  const mute = pair(1, [221, 224, null], ['登录', null, null])
  expect(repeatedLabels(mute, again(1, mute))).toEqual([
    ['1/221', { label: '登录', isSure: true }],
    ['2/224', { label: null, isSure: true }],
  ])
  expect(repeatedLabels(mute, pair(1, [221, 224, null], ['登录', '无法登录', null]))).toEqual([])
  expect(repeatedLabels(mute, pair(1, [221, 225, null], ['登录', null, null]))).toEqual([])
})
