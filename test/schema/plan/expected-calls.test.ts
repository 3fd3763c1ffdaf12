import { describe, expect, it } from 'vitest'
import { exampleTabs } from '../../../src/server/graphiql/tabs.ts'
import { startGateway } from '../../gateway.ts'
import { QUERY } from '../../pictures/measure.ts'

const tabs = exampleTabs({ isMadeUp: true, twoDaysAgo: '2026-11-21', monthAgo: '2026-10-23' }).map(
  ({ query, variables = '{}' }) => ({ query, variables: JSON.parse(variables) }),
)

const nameOf = (query: string) => /query (\w+)/.exec(query)?.[1] ?? "the README's picture"

const operations = [{ query: QUERY, variables: {} }, ...tabs].map(
  ({ query, variables }) => [nameOf(query), query, variables] as const,
)

describe('as many calls are expected as are made', () => {
  it.each(operations)('by %s, at once and again', async (_, query, variables) => {
    await using gateway = await startGateway()
    for (const _ of ['cold', 'warm']) {
      const { expected, calls, failures } = await gateway.ask(query, variables)
      expect(failures).toEqual([])
      expect({ expected, calls }).toEqual({ expected: calls.length, calls })
    }
  })
})
