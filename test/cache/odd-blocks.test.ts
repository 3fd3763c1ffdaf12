import { expect, it } from 'vitest'
import { startHoldingGateway } from './holding-gateway.ts'

const MONTH = 'createdOn: { from: "2026-10-01", to: "2026-10-31" }'
const statistics = (filter = '') =>
  `{ remoteRecordStatistics(${MONTH}${filter && `, filter: ${filter}`}) { count price byDay { day count } } }`
const STATISTICS = statistics()

it('a block tells each who reads it what could not be read', async () => {
  await using gateway = await startHoldingGateway()
  gateway.emulator.oddities = { histories: { row: row => ({ ...row, csPrice: 'free' }) } }
  const cold = await gateway.askWithCalls(STATISTICS)
  const warm = await gateway.askWithCalls(statistics('{ isRated: true }'))
  expect(warm.calls).toEqual([])
  const unreadable = { unreadable: [{ field: 'csPrice', count: 694 }] }
  expect(cold.upstream).toMatchObject(unreadable)
  expect(warm.upstream).toMatchObject(unreadable)
})

it('a block says nothing of what only another filter of the same reading looked at', async () => {
  await using gateway = await startHoldingGateway()
  gateway.emulator.oddities = {
    histories: { row: row => ({ ...row, csPrice: 'free', note: ['no', 'text'] }) },
  }
  const both = await gateway.askWithCalls(
    `{ counted: remoteRecordStatistics(${MONTH}) { count byDay { count } }
      looked: remoteRecordStatistics(${MONTH}, filter: { textContains: "x" }) { count } }`,
  )
  const [price, note] = ['csPrice', 'note'].map(field => ({ field, count: 694 }))
  expect(both.calls).toHaveLength(7)
  expect(both.upstream).toMatchObject({ unreadable: expect.arrayContaining([price, note]) })
  const warm = await gateway.askWithCalls(STATISTICS)
  expect(warm.calls).toEqual([])
  expect(warm.upstream).toMatchObject({ unreadable: [price] })
})
