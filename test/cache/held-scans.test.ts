import { describe, expect, it } from 'vitest'
import { type HoldingGateway, startHoldingGateway } from './holding-gateway.ts'

const MONTH = 'createdOn: { from: "2026-10-01", to: "2026-10-31" }'
const STATISTICS = `{ remoteRecordStatistics(${MONTH}) {
  count price byDay { day count } byAgent { agent { servicerId } count }
} }`
const FILTERED = `{ remoteRecords(first: 20, filter: { ratings: [BAD] }, ${MONTH}) {
  totalCount nodes { csId } pageInfo { endCursor hasNextPage }
} }`

interface Page {
  readonly nodes: readonly { readonly csId: string }[]
  readonly pageInfo: { readonly endCursor: string }
}

const pageOf = ({ body }: Asked) => body.data?.remoteRecords as Page

type Asked = Awaited<ReturnType<HoldingGateway['askWithCalls']>>

describe.each([
  ['descending', 7],
  // Which end has the newest records is learnt by a call of its own.
  ['ascending', 8],
] as const)('a month of 694 records, %s', (order, coldCalls) => {
  it('is read once for its statistics', async () => {
    await using gateway = await startHoldingGateway({ emulator: { order } })
    const cold = await gateway.askWithCalls(STATISTICS)
    const warm = await gateway.askWithCalls(STATISTICS)
    expect(cold.calls).toHaveLength(7)
    expect(warm.calls).toEqual([])
    expect(warm.body.data).toEqual(cold.body.data)
  })

  it('is read once for all pages of a filtered list', async () => {
    await using gateway = await startHoldingGateway({ emulator: { order } })
    const cold = await gateway.askWithCalls(FILTERED)
    const warm = await gateway.askWithCalls(FILTERED)
    expect(cold.calls).toHaveLength(coldCalls)
    expect(warm.calls).toEqual([])
    const { endCursor } = pageOf(cold).pageInfo
    const next = await gateway.askWithCalls(
      FILTERED.replace('first: 20', `first: 20, after: "${endCursor}"`),
    )
    expect(next.calls).toEqual([])
    expect(pageOf(next).nodes).not.toContainEqual(pageOf(cold).nodes[0])
  })
})

it('a month is read once for its statistics and a filtered list', async () => {
  await using gateway = await startHoldingGateway()
  await gateway.askWithCalls(STATISTICS)
  expect((await gateway.askWithCalls(FILTERED)).calls).toEqual([])
})

it('pages of a list with gaps share rows, so that no call must look between them', async () => {
  await using gateway = await startHoldingGateway({ emulator: { csIdStep: 2 } })
  const cold = await gateway.askWithCalls(STATISTICS)
  expect(cold.calls).toHaveLength(8)
  expect((await gateway.askWithCalls(STATISTICS)).calls).toEqual([])
})
