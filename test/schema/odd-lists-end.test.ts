import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'

const OF_ALL = `query ($after: String) {
  remoteRecords(first: 100, after: $after) { nodes { csId } pageInfo { hasNextPage endCursor } }
}`
const OF_AGENT = `query ($after: String) { agent(servicerId: 201) {
  remoteRecords(first: 100, after: $after) { nodes { csId } pageInfo { hasNextPage endCursor } }
} }`

/**
 * next_page stands on the last page too, and on empty ones; the count is right. One page far beyond the end
 * shows it.
 */
test.each([
  ['descending', 1],
  ['descending', 3],
  ['ascending', 1],
  ['ascending', 3],
] as const)('a next page that is always stated ends no walk, %s by %d', async (order, csIdStep) => {
  await using gateway = await startGateway({
    recordCount: 700,
    days: 30,
    order,
    csIdStep,
    oddities: { lists: { nextPage: 'always' } },
  })
  for (const [query, most] of [
    [OF_ALL, 17],
    [OF_AGENT, 6],
  ] as const) {
    const odd = await walk(query)
    gateway.emulator.oddities = {}
    gateway.forget()
    const usual = await walk(query)
    gateway.emulator.oddities = { lists: { nextPage: 'always' } }
    gateway.forget()
    expect(odd.csIds).toEqual(usual.csIds)
    expect(odd.calls).toBeLessThanOrEqual(most)
  }

  async function walk(query: string) {
    const csIds: string[] = []
    let calls = 0
    for (let after: string | undefined; ; ) {
      const answer = await gateway.ask(query, { after })
      expect(answer.failures).toEqual([])
      calls += answer.calls.length
      const page = answer.data.agent?.remoteRecords ?? answer.data.remoteRecords
      for (const { csId } of page.nodes) csIds.push(csId)
      if (!page.pageInfo.hasNextPage) return { csIds, calls }
      after = page.pageInfo.endCursor
    }
  }
})
