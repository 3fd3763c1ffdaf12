import { expect, it } from 'vitest'
import { FAULTS } from '../../src/emulator/odd/faults.ts'
import { type HoldingGateway, startHoldingGateway } from './holding-gateway.ts'

const QUERY = '{ remoteRecords(first: 3) { totalCount nodes { csId serviceSummary { state } } } }'

async function planOf(gateway: HoldingGateway, query = QUERY) {
  const { body } = await gateway.ask(query, { headers: { 'x-explain': 'only' } })
  const upstream = body.extensions?.upstream as {
    readonly expected: number
    readonly atMost: number
    readonly steps: readonly { readonly endpoint: string; readonly expected: number }[]
  }
  const byEndpoint = upstream.steps.map(({ endpoint, expected }) => [endpoint, expected])
  return { expected: upstream.expected, atMost: upstream.atMost, ...Object.fromEntries(byEndpoint) }
}

it('is what is not held of an operation; at most is what its arguments say', async () => {
  await using gateway = await startHoldingGateway()
  const cold = await planOf(gateway)
  expect(cold).toMatchObject({ expected: 4, histories: 1, servicesummary: 3 })
  await gateway.ask(QUERY)
  const warm = { expected: 0, histories: 0, servicesummary: 0 }
  expect(await planOf(gateway)).toEqual({ ...warm, atMost: cold.atMost })
  gateway.pass(61_000)
  const { expected, histories, servicesummary } = await planOf(gateway)
  expect(histories).toBe(1)
  expect(expected).toBe(1 + servicesummary)
  const { upstream } = await gateway.askWithCalls(QUERY)
  expect(upstream.made).toBe(expected)
})

it('of a list that is read for a filter is what it needed the last time', async () => {
  await using gateway = await startHoldingGateway()
  const query = `{
    remoteRecords(createdOn: { from: "2026-10-25", to: "2026-11-23" }, filter: { ratings: [BAD] }) {
      nodes { csId }
    }
  }`
  const first = await gateway.askWithCalls(query)
  expect(first.upstream.made).toBeGreaterThan(2)
  gateway.pass(24 * 60 * 60 * 1000)
  expect((await planOf(gateway, query)).expected).toBe(first.upstream.made)
  await gateway.ask(query)
  expect((await planOf(gateway, query)).expected).toBe(0)
})

it('is the same as ever for another account, and after a refusal', async () => {
  await using gateway = await startHoldingGateway()
  await gateway.ask(QUERY)
  gateway.emulator.oddities = { servicesummary: { wire: FAULTS.forbidden.wire } }
  await gateway.ask('{ serviceSummary(csId: "1000") { state } }')
  expect((await planOf(gateway)).expected).toBe(4)
})
