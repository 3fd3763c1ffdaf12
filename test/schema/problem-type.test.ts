import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { Waves } from '../loaders/waves.ts'

const LABELS = `{
  remoteRecords(first: 3) {
    nodes {
      csId
      problemType { level optionId label }
      problemSubtype { level optionId label }
      problemDetailType { level optionId label }
    }
  }
}`

test('ids are in the record; labels come from the second list, beside the first', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(LABELS)
  expect(data.remoteRecords.nodes[0]).toEqual({
    csId: '2999',
    problemType: { level: 1, optionId: '223', label: '财务核算' },
    problemSubtype: { level: 2, optionId: '230', label: '凭证处理' },
    problemDetailType: { level: 3, optionId: '256', label: '借贷不平' },
  })
  expect(data.remoteRecords.nodes[2].problemDetailType).toBeNull()
  expect(calls.toSorted()).toEqual([
    'histories page=1 per_page=51',
    'histories_v2 page=1 per_page=51',
  ])
})

test('labels that are known cost nothing more', async () => {
  await using gateway = await startGateway()
  await gateway.ask(LABELS)
  expect((await gateway.ask(LABELS)).calls).toEqual(['histories page=1 per_page=4'])
})

test('ids alone cost no second list', async () => {
  await using gateway = await startGateway()
  const { calls } = await gateway.ask(
    '{ remoteRecords(first: 3) { nodes { problemType { optionId } problemSubtype { level } } } }',
  )
  expect(calls).toEqual(['histories page=1 per_page=4'])
})

test('the two lists are joined by csId where a record came in between', async () => {
  await using gateway = await startGateway()
  let isFirst = true
  gateway.emulator.beforeAnswer = ({ endpoint }) => {
    if (endpoint === 'histories' && isFirst) gateway.emulator.insertRecord()
    isFirst &&= endpoint !== 'histories'
  }
  const { data } = await gateway.ask(LABELS)
  expect(data.remoteRecords.nodes.map(labelsOf).slice(1)).toEqual([
    { csId: '2999', labels: ['财务核算', '凭证处理', '借贷不平'] },
    { csId: '2998', labels: ['登录与授权', '无法登录', '账号被锁定'] },
  ])
})

type Option = { readonly label: string } | null

const labelsOf = (record: Readonly<Record<'csId', string> & Record<string, Option | string>>) => ({
  csId: record.csId,
  labels: ['problemType', 'problemSubtype', 'problemDetailType'].map(field => {
    const option = record[field]
    return typeof option === 'object' ? option?.label : undefined
  }),
})

test('one record by its csId has its labels too', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    '{ remoteRecord(csId: 1500) { problemType { label } } }',
  )
  expect(data.remoteRecord.problemType).toEqual({ label: '安装与升级' })
  expect(calls).toHaveLength(3)
})

test('an empty label is null, never guessed', async () => {
  await using gateway = await startGateway({
    recordCount: 0,
    distort: (body: { remoterecords?: Record<string, unknown>[] }, path) =>
      path.includes('_v2')
        ? { ...body, remoterecords: body.remoterecords?.map(row => ({ ...row, ptId: '' })) }
        : body,
  })
  gateway.emulator.insertRecord()
  const { data, failures } = await gateway.ask(
    '{ remoteRecords { nodes { problemType { label } problemSubtype { label } } } }',
  )
  expect(data.remoteRecords.nodes[0]).toEqual({
    problemType: { label: null },
    problemSubtype: { label: expect.any(String) },
  })
  expect(failures).toEqual([])
})

test('that a text is empty is known as others are', async () => {
  await using gateway = await startGateway({
    distort: (body: { remoterecords?: Record<string, unknown>[] }, path) =>
      path.includes('_v2')
        ? { ...body, remoterecords: body.remoterecords?.map(row => ({ ...row, ptId: '' })) }
        : body,
  })
  const source = '{ remoteRecords(first: 9) { nodes { problemType { label } } } }'
  const nodes = new Array(9).fill({ problemType: { label: null } })
  for (const expected of [2, 1]) {
    const { data, failures, calls } = await gateway.ask(source)
    expect(failures).toEqual([])
    expect(data.remoteRecords.nodes).toEqual(nodes)
    expect(calls).toHaveLength(expected)
  }
})

test('the alias that wants labels has them read beside its records, wherever it stands', async () => {
  const fields = [
    'a: remoteRecords(first: 3) { nodes { csId } }',
    'b: remoteRecords(first: 3) { nodes { problemType { label } } }',
  ]
  for (const selection of [fields, fields.toReversed()]) {
    const waves = new Waves()
    await using gateway = await startGateway({ beforeAnswer: waves.beforeAnswer })
    await gateway.ask(`{ ${selection.join(' ')} }`)
    expect(waves.seen).toEqual([['histories', 'histories_v2']])
  }
})

test('where the second list fails, labels are null and the ids stay', async () => {
  await using gateway = await startGateway({
    limits: { maxAttempts: 1 },
    beforeAnswer({ endpoint }) {
      if (endpoint === 'histories_v2') throw new Error('broken')
    },
  })
  const { data, failures, calls } = await gateway.ask(
    '{ remoteRecords(first: 1) { nodes { csId problemType { optionId label } } } }',
  )
  expect(data.remoteRecords.nodes).toEqual([
    { csId: '2999', problemType: { optionId: '223', label: null } },
  ])
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecords nodes 0 problemType label'])
  expect(calls.toSorted()).toEqual([
    'histories page=1 per_page=51',
    'histories_v2 page=1 per_page=51',
  ])
})

test('an option that got another text keeps the old one as long as it is believed', async () => {
  await using gateway = await startGateway()
  await gateway.ask(LABELS)
  gateway.emulator.relabel(1, 223, '财务')
  const believed = await gateway.ask(LABELS)
  expect(believed.data.remoteRecords.nodes[0].problemType.label).toBe('财务核算')
  gateway.forget()
  const learntAgain = await gateway.ask(LABELS)
  expect(learntAgain.data.remoteRecords.nodes[0].problemType.label).toBe('财务')
})

test('a record that the second list did not show yet is looked for there once more', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  const isSecondAnswered = () =>
    gateway.emulator.calls.some(({ endpoint, status }) => endpoint === 'histories_v2' && status > 0)
  gateway.emulator.beforeAnswer = async ({ endpoint }) => {
    if (endpoint !== 'histories') return
    // By then the second list was answered: only the first one shows the new record.
    await expect.poll(isSecondAnswered).toBe(true)
    gateway.emulator.insertRecord({ fields: { ptId: 990 } })
    gateway.emulator.beforeAnswer = undefined
  }
  const { data, calls } = await gateway.ask(
    '{ remoteRecords(first: 1) { nodes { csId problemType { optionId label } } } }',
  )
  expect(data.remoteRecords.nodes).toEqual([
    { csId: '1030', problemType: { optionId: '990', label: '990' } },
  ])
  expect(calls).toEqual([
    'histories_v2 page=1 per_page=51',
    'histories page=1 per_page=51',
    'histories_v2 page=1 per_page=3',
  ])
})

test('every pair that a page shows is learnt, not only those asked for', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  await gateway.ask('{ remoteRecords(first: 1) { nodes { problemType { label } } } }')
  const { data, calls } = await gateway.ask(
    '{ remoteRecords(first: 30) { nodes { problemType { label } problemDetailType { label } } } }',
  )
  expect(calls).toEqual(['histories page=1 per_page=31'])
  expect(data.remoteRecords.nodes).toHaveLength(30)
})
