import { describe, expect, it } from 'vitest'
import { createExamples } from '../../../src/server/graphiql/examples.ts'
import { startGateway } from '../../gateway.ts'
import { QUERY } from '../../pictures/measure.ts'

const examples = createExamples({
  isMadeUp: true,
  today: '2026-11-23',
  twoDaysAgo: '2026-11-21',
  weekAgo: '2026-11-17',
  monthAgo: '2026-10-23',
}).map(({ query, variables = '{}' }) => ({ query, variables: JSON.parse(variables) }))

const nameOf = (query: string) => /query (\w+)/.exec(query)?.[1] ?? "the README's picture"

const operations = [{ query: QUERY, variables: {} }, ...examples].map(
  ({ query, variables }) => [nameOf(query), query, variables] as const,
)

/** How many records have to be read, only the list itself says. */
const readsOn = (query: string) => /filter:|Statistics|client\(/.test(query)

describe('as many calls are expected as are made', () => {
  it.each(operations.filter(([, query]) => !readsOn(query)))(
    'by %s, at once and again',
    async (_, query, variables) => {
      await using gateway = await startGateway()
      for (const _ of ['cold', 'warm']) {
        const { expected, calls, failures } = await gateway.ask(query, variables)
        expect(failures).toEqual([])
        expect({ expected, calls }).toEqual({ expected: calls.length, calls })
      }
    },
  )
})

describe('no more calls are made than are allowed', () => {
  it.each(operations.filter(([, query]) => readsOn(query)))(
    'by %s, which gives what was asked for',
    async (_, query, variables) => {
      await using gateway = await startGateway()
      const { data, atMost, calls, failures } = await gateway.ask(query, variables)
      expect(failures).toEqual([])
      expect(JSON.stringify(data)).toMatch(/"(?:csId|day)"/)
      expect(calls.length).toBeLessThanOrEqual(atMost)
    },
  )
})
