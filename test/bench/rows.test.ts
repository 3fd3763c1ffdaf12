import { expect, test } from 'vitest'
import { rowsGiven } from './rows.ts'

test('the rows of an answer are the nodes of all its lists', () => {
  const nodes = ['1', '2'].map(csId => ({ csId, chatMessages: { nodes: [{ text: csId }] } }))
  expect(rowsGiven({ remoteRecords: { nodes } })).toBe(4)
})

test('a list that two records share counts once', () => {
  const agent = { remoteRecords: { nodes: [{ csId: '2' }, { csId: '1' }] } }
  const nodes = ['1', '2'].map(csId => ({ csId, agent }))
  expect(rowsGiven({ remoteRecords: { nodes } })).toBe(4)
})

test('a record that was looked up is a row, one that is absent is none', () => {
  expect(rowsGiven({ remoteRecord: { csId: '1' } })).toBe(1)
  expect(rowsGiven({ remoteRecord: null })).toBe(0)
  expect(rowsGiven({ __typename: 'Query' })).toBe(0)
})
