import { describe, expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'
import { option } from './representations.ts'

const LABELS = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on ProblemType { level label } }
}`

test('options that are not known cost both lists of the latest records, then nothing', async () => {
  await using gateway = await startGateway()
  const representations = [option(1, '223'), option(2, '230'), option(3, '256')]
  const cold = await gateway.ask(LABELS, { representations })
  expect(cold.data._entities).toEqual([
    { level: 1, label: '财务核算' },
    { level: 2, label: '凭证处理' },
    { level: 3, label: '借贷不平' },
  ])
  expect(cold.calls.toSorted()).toEqual([
    'histories page=1 per_page=100',
    'histories_v2 page=1 per_page=100',
  ])
  expect(cold.atMost).toBeGreaterThanOrEqual(2)
  expect((await gateway.ask(LABELS, { representations })).calls).toEqual([])
})

const UNKNOWN = [option(1, '999')]

test('an option that no record has is null: the whole history says so', async () => {
  await using gateway = await startGateway({ recordCount: 230 })
  const { data, failures, calls, atMost } = await gateway.ask(LABELS, { representations: UNKNOWN })
  expect(data._entities).toEqual([{ level: 1, label: null }])
  expect(failures).toEqual([])
  expect(calls.filter(call => call.startsWith('histories ')).length).toBeLessThanOrEqual(3)
  expect(calls.length).toBeLessThanOrEqual(atMost)
})

test('an option that none of the newest thousand has is not said to have no text', async () => {
  await using gateway = await startGateway()
  const { data, errors, failures, calls, atMost } = await gateway.ask(LABELS, {
    representations: UNKNOWN,
  })
  expect(data._entities).toEqual([{ level: 1, label: null }])
  expect(failures).toEqual(['LOOKUP_INCONCLUSIVE _entities 0 label'])
  expect(errors?.[0]?.message).toBe(
    'None of the newest 1000 records has option 999 of level 1. Ask for the label along with a record that has the option.',
  )
  expect(errors?.[0]?.extensions).toMatchObject({ retryable: false })
  expect(calls).toHaveLength(11)
  expect(calls.length).toBeLessThanOrEqual(atMost)
})

describe('an option of old records alone', () => {
  /** Every seventh record has it, but none of so many of the newest. */
  const startWithOldOption = (newest: number) =>
    startGateway({
      distort: ({ remoterecords, ...body }: { remoterecords?: { csId: number }[] }, path) => ({
        ...body,
        remoterecords: remoterecords?.map(row =>
          row.csId % 7 === 0 && row.csId < 3000 - newest
            ? { ...row, ptThird: path.endsWith('_v2.json') ? '旧版安装' : 777 }
            : row,
        ),
      }),
    })
  const representations = [option(3, '777')]

  test('is found page after page, for one more of the second list', async () => {
    await using gateway = await startWithOldOption(350)
    const { data, failures, calls, atMost } = await gateway.ask(LABELS, { representations })
    expect(failures).toEqual([])
    expect(data._entities).toEqual([{ level: 3, label: '旧版安装' }])
    expect(calls).toEqual([
      'histories page=1 per_page=100',
      'histories_v2 page=1 per_page=100',
      'histories page=2 per_page=100',
      'histories page=3 per_page=100',
      'histories page=4 per_page=100',
      'histories_v2 page=51 per_page=7',
    ])
    expect(calls.length).toBeLessThanOrEqual(atMost)
  })

  test('has the same answer whatever others asked before, or an error', async () => {
    await using gateway = await startWithOldOption(1200)
    const cold = await gateway.ask(LABELS, { representations })
    expect(cold.failures).toEqual(['LOOKUP_INCONCLUSIVE _entities 0 label'])
    const along = await gateway.ask('{ remoteRecord(csId: 1400) { problemDetailType { label } } }')
    expect(along.data.remoteRecord).toEqual({ problemDetailType: { label: '旧版安装' } })
    const warm = await gateway.ask(LABELS, { representations })
    expect(warm.data._entities).toEqual([{ level: 3, label: '旧版安装' }])
    expect(warm.calls).toEqual([])
  })
})
