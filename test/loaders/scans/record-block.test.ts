import { expect, test } from 'vitest'
import { toSample } from '../../../src/loaders/record-sample.ts'
import { parseBlock, RecordBlock } from '../../../src/loaders/scans/record-block.ts'
import { RecordColumns } from '../../../src/questions/record-columns.ts'
import { RemoteRecordResource } from '../../../src/upstream/remote-record.ts'

const list = { servicerId: undefined, createdOn: { from: '2026-10-01', to: '2026-10-31' } }

function blockOf(records: number) {
  const columns = new RecordColumns<ReturnType<typeof toSample>>()
  for (let index = 0; index < records; index++) {
    const row = {
      csServicerId: 5_000_000_001 + (index % 3),
      csStat: 5,
      csBTime: '2026-10-05 09:00:00',
      csPrice: index % 2 === 0 ? '1.50' : null,
      companyName: index % 5 === 0 ? null : `公司 ${index % 5}`,
      ChatRecord: index % 2,
      ptId: 7,
    }
    const resource = new RemoteRecordResource(index + 1, row, () => undefined)
    const place = { index, count: records, isRising: true, isSure: true }
    columns.add(resource, () => toSample({ resource, listKey: list, place }))
  }
  columns.trim()
  return new RecordBlock(columns, [{ kind: 'unreadable-field', unreadable: 'csPrice', times: 2 }])
}

const leftBy = (block: RecordBlock) => JSON.parse(JSON.stringify(block))

test.each([0, 1, 100])('a block of %i records is read as it was written', records => {
  const block = blockOf(records)
  const read = parseBlock(leftBy(block))?.body
  expect(read).toBeInstanceOf(RecordBlock)
  expect(read?.columns.arrays).toEqual(block.columns.arrays)
  expect(read?.columns.values).toEqual(block.columns.values)
  expect(read).toEqual(block)
})

test('the block itself is read as it is', () => {
  const block = blockOf(10)
  expect(parseBlock(block)?.body).toBe(block)
})

test.each([
  ['nothing', undefined],
  ['a page', { remoterecords: [], count: 0 }],
  ['a block that is too long', { ...leftBy(blockOf(10)), length: 11 }],
  ['a block without a column', { ...leftBy(blockOf(10)), arrays: {} }],
  ['a block with an unknown status', { ...leftBy(blockOf(10)), statuses: ['LOST'] }],
])('%s is no block', (_, left) => {
  expect(parseBlock(left)).toBeUndefined()
})

test('a block takes about 41 bytes a record', () => {
  expect(blockOf(10_000).bytes / 10_000).toBeCloseTo(41, -1)
})
