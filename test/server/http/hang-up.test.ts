import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { MODES, setUp } from '../attacks/modes.ts'
import { GRAPHQL_RESPONSE, startTestedGateway } from '../gateway.ts'

it('a caller who hangs up ends the upstream calls, and is no fault', async () => {
  await using gateway = await startTestedGateway({
    emulator: {
      beforeAnswer: ({ endpoint }) => (endpoint === 'servicesummary' ? wait(5000) : undefined),
    },
  })
  const sending = request(gateway.url, { method: 'POST', headers: GRAPHQL_RESPONSE })
  sending.on('error', () => undefined)
  sending.end('{"query":"{ remoteRecords(first: 50) { nodes { serviceSummary { state } } } }"}')
  // Each record's summary is a call: 10 of them run at once, half of all places, and the others wait.
  await expect.poll(() => gateway.emulator.calls.length).toBe(1 + 10)
  sending.destroy()
  await expect.poll(() => gateway.logged.length).toBe(1)
  expect(gateway.logged[0]).toMatchObject({
    event: 'operation',
    outcome: 'partial',
    errorCodes: ['CALLER_GONE'],
  })
  await wait(500)
  expect(gateway.emulator.calls).toHaveLength(1 + 10)
})

it('a caller who hangs up while sending is no fault', async () => {
  await using gateway = await startTestedGateway()
  const sending = request(gateway.url, { method: 'POST', headers: GRAPHQL_RESPONSE })
  sending.on('error', () => undefined)
  sending.write('{"query":')
  await wait(100)
  sending.destroy()
  await expect.poll(() => gateway.logged.length).toBe(1)
  expect(gateway.logged[0]).toMatchObject({ event: 'operation', errorCodes: ['CALLER_GONE'] })
})

it.each(MODES)(
  'a thousand callers who hang up leave no call and no place behind, with callers that are %s',
  async mode => {
    await using caller = await setUp(mode)
    await using gateway = await startTestedGateway({
      ...caller.choices,
      emulator: { latencyMs: 50 },
      metricsPort: 0,
    })
    const samples = async () => {
      const text = await (await fetch(gateway.metricsUrl ?? '')).text()
      const numberOf = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1])
      return {
        underWay: numberOf('upstream_calls_under_way'),
        waiting: numberOf('upstream_calls_waiting'),
      }
    }
    const body = '{"query":"{ remoteRecords(first: 20) { nodes { serviceSummary { state } } } }"}'
    const hangUp = async () => {
      const headers = { ...GRAPHQL_RESPONSE, ...caller.headers }
      const sending = request(gateway.url, { method: 'POST', headers })
      sending.on('error', () => undefined)
      sending.end(body)
      await wait(5 + Math.random() * 80)
      sending.destroy()
    }
    for (let batch = 0; batch < 20; batch += 1)
      await Promise.all(Array.from({ length: 50 }, hangUp))
    await expect.poll(samples, { timeout: 90_000 }).toEqual({ underWay: 0, waiting: 0 })
    expect(gateway.loggedText()).not.toContain('unexpected-error')
    const { headers } = caller
    const { status } = await gateway.ask('{ remoteRecords(first: 1) { nodes { csId } } }', {
      headers,
    })
    expect(status).toBe(200)
  },
)
