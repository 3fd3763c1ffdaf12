import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { GRAPHQL_RESPONSE, startTestedGateway } from '../gateway.ts'

it('a caller who hangs up ends the upstream calls, and is no fault', async () => {
  await using gateway = await startTestedGateway({ emulator: { latencyMs: 300 } })
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
