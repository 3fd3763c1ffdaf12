import { expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'

const STATISTICS = `{ remoteRecordStatistics(
  createdOn: { from: "2026-10-20", to: "2026-11-25" }
) { count byStatus { count } } }`

/** The order inside of the first page is the reverse of that between pages, which shows only later. */
test.each([1, 3])('pages that are turned lose nothing, every csId in %d', async csIdStep => {
  await using gateway = await startGateway({
    recordCount: 700,
    days: 30,
    csIdStep,
    oddities: { lists: { order: 'descending', rowsInPage: 'turned' } },
  })
  const { data, failures } = await gateway.ask(STATISTICS)
  expect(failures).toEqual([])
  const { count, byStatus } = data.remoteRecordStatistics
  const sum = byStatus.reduce((all: number, each: { count: number }) => all + each.count, 0)
  expect([count, sum]).toEqual([700, 700])
})
