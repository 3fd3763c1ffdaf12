import { describe, expect, test } from 'vitest'
import type { ListBody, Row } from '../emulator/calling.ts'
import { startGateway } from '../gateway.ts'

const FIELDS = ['ptId', 'ptChildId', 'ptThird'] as const
type Types = Readonly<Partial<Record<(typeof FIELDS)[number], unknown>>>

const LABELS = `query ($first: Int!) { remoteRecords(first: $first) { nodes {
  csId
  problemType { level optionId label }
  problemSubtype { level optionId label }
  problemDetailType { level optionId label }
} } }`

const ORDERS = [
  ['first', 'histories', 'histories_v2'],
  ['last', 'histories_v2', 'histories'],
] as const

/**
 * The newest record gets other problem types after the first answer of one list, and before that of
 * the other. `typesOf` gives them as either list shows them, from a page of it.
 */
async function startReclassifying(
  before: 'histories' | 'histories_v2',
  typesOf: (rows: readonly Row[], isLabelled: boolean) => Types,
  recordCount = 2000,
) {
  const newest = 999 + recordCount
  let answered = 0
  return startGateway({
    recordCount,
    distort: (body: ListBody, path) => {
      const isLabelled = path.endsWith('_v2.json')
      const isBefore = isLabelled === (before === 'histories_v2') && answered++ === 0
      if (isBefore || !body.remoterecords) return body
      const types = typesOf(body.remoterecords, isLabelled)
      const remoterecords = body.remoterecords.map(row =>
        row.csId === newest ? { ...row, ...types } : row,
      )
      return { ...body, remoterecords }
    },
  })
}

/** The types of another record of the page: both lists show them in their own way. */
const likeRecord = (csId: number) => (rows: readonly Row[]) => {
  const donor = rows.find(row => row.csId === csId)
  return Object.fromEntries(FIELDS.map(field => [field, donor?.[field]]))
}

const FRESH = {
  ptId: [991, '新品'],
  ptChildId: [992, '新品试用'],
  ptThird: [993, '新品安装'],
} as const

/** Types that no other record has. */
const likeNone =
  (...fields: (keyof typeof FRESH)[]) =>
  (_: unknown, isLabelled: boolean) =>
    Object.fromEntries(fields.map(field => [field, FRESH[field][isLabelled ? 1 : 0]]))

type Option = { level: number; optionId: string; label: string | null }

/** The labels of all records that were given, by option: each must have one alone. */
function labelsIn(nodes: readonly Record<string, Option | null>[]): Record<string, string | null> {
  const labels = new Map<string, string | null>()
  for (const option of nodes.flatMap(node => Object.values(node))) {
    if (!option?.level) continue
    const { level, optionId, label } = option
    const name = `${level}/${optionId}`
    expect(labels.get(name) ?? label, name).toBe(label)
    labels.set(name, label)
  }
  return Object.fromEntries(labels)
}

async function trueLabels() {
  await using gateway = await startGateway()
  const { data } = await gateway.ask(LABELS, { first: 100 })
  return {
    ...labelsIn(data.remoteRecords.nodes),
    ...Object.fromEntries(
      Object.values(FRESH).map(([id, label], at) => [`${at + 1}/${id}`, label]),
    ),
  }
}

describe.each([
  ['to the types of another record', likeRecord(2998)],
  ['to those of one with the same main type', likeRecord(2997 - 2)],
  ['to types that no other record has', likeNone('ptId', 'ptChildId', 'ptThird')],
  ['to one on the last level that no other record has', likeNone('ptThird')],
])('the newest record is reclassified between the two lists %s', (_, typesOf) => {
  test.each(ORDERS)('and its ids are answered %s: no label is wrong', async (_, before) => {
    const truth = await trueLabels()
    for (const first of [100, 1, 3]) {
      await using gateway = await startReclassifying(before, typesOf)
      const { data, failures } = await gateway.ask(LABELS, { first })
      expect(failures).toEqual([])
      expect(truth).toMatchObject(labelsIn(data.remoteRecords.nodes))
      // What was learnt is right for whoever asks later.
      const later = await gateway.ask(LABELS, { first: 100 })
      expect(later.failures).toEqual([])
      expect(truth).toMatchObject(labelsIn(later.data.remoteRecords.nodes))
    }
  })
})

test.each(ORDERS)('in a list of one record too, whose ids are answered %s', async (_, before) => {
  const truth = await trueLabels()
  const fresh = likeNone('ptId', 'ptChildId', 'ptThird')
  await using gateway = await startReclassifying(before, fresh, 1)
  const { data, failures } = await gateway.ask(LABELS, { first: 1 })
  expect(failures.every(failure => failure.startsWith('LOOKUP_INCONCLUSIVE'))).toBe(true)
  for (const option of Object.values<Option>(data.remoteRecords.nodes[0])) {
    if (option.label) expect(truth).toMatchObject(labelsIn([{ option }]))
  }
  const later = await gateway.ask(LABELS, { first: 1 })
  expect(later.failures).toEqual([])
  expect(truth).toMatchObject(labelsIn(later.data.remoteRecords.nodes))
})

test('a record that just got its types, and has none in the second list yet, has their labels', async () => {
  const truth = await trueLabels()
  let answered = 0
  await using gateway = await startGateway({
    distort: (body: ListBody, path) => {
      if (!path.endsWith('_v2.json') || answered++ > 0) return body
      const remoterecords = body.remoterecords.map(row =>
        row.csId === 2999 ? { ...row, ptId: '', ptChildId: '', ptThird: '' } : row,
      )
      return { ...body, remoterecords }
    },
  })
  const { data, failures } = await gateway.ask(LABELS, { first: 3 })
  expect(failures).toEqual([])
  expect(truth).toMatchObject(labelsIn(data.remoteRecords.nodes))
})
