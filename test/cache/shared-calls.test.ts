import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { JSON_TYPE } from '../server/gateway.ts'
import { type HoldingGateway, startHoldingGateway } from './holding-gateway.ts'

const LIST = '{ remoteRecords(first: 5) { nodes { csId } } }'

/** A caller who hangs up when that is wanted. */
function askUntilHangUp({ url }: HoldingGateway, query = LIST) {
  const hangUp = new AbortController()
  const body = JSON.stringify({ query })
  fetch(url, { method: 'POST', headers: JSON_TYPE, body, signal: hangUp.signal }).catch(() => null)
  return () => hangUp.abort()
}

const isCalled = ({ emulator }: HoldingGateway) => expect.poll(() => emulator.calls.length).toBe(1)

/** Of the operations that are over, in their order. */
const codesOf = ({ logged }: HoldingGateway) =>
  logged.filter(({ event }) => event === 'operation').map(({ errorCodes }) => errorCodes)

/** Of the upstream calls that are over, in their order. */
const outcomesOf = ({ logged }: HoldingGateway) =>
  logged.filter(({ event }) => event === 'upstream-call').map(({ outcome }) => outcome)

describe('a call that two callers wait for', () => {
  it('goes on if the one who made it hangs up', async () => {
    await using gateway = await startHoldingGateway({ emulator: { latencyMs: 4000 } })
    const hangUp = askUntilHangUp(gateway)
    await isCalled(gateway)
    const other = gateway.ask(LIST)
    await wait(500)
    hangUp()
    // Who has hung up is done with at once.
    await expect.poll(() => codesOf(gateway), { timeout: 3000 }).toEqual([['CALLER_GONE']])
    const { body } = await other
    expect(body.errors).toBeUndefined()
    expect(body.data).toHaveProperty('remoteRecords.nodes.length', 5)
    expect(gateway.emulator.calls).toHaveLength(1)
  })

  it('goes on if the operation that made it has no time left', async () => {
    await using gateway = await startHoldingGateway({
      clockRate: 1,
      emulator: { latencyMs: 3500 },
      limits: { operationDeadlineMs: 3000, callDeadlineMs: 5000, maxAttempts: 1 },
    })
    const first = gateway.ask(LIST)
    await isCalled(gateway)
    await wait(1500)
    const second = gateway.ask(LIST)
    const { body } = await first
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('The operation takes too long'),
      extensions: { code: 'UPSTREAM_TIMEOUT' },
    })
    expect((await second).body.errors).toBeUndefined()
    expect(gateway.emulator.calls).toHaveLength(1)
  })

  it('goes on if one who joined hangs up', async () => {
    await using gateway = await startHoldingGateway({
      emulator: { latencyMs: 2000 },
      logLevel: 'debug',
    })
    const first = gateway.ask(LIST)
    await isCalled(gateway)
    const hangUp = askUntilHangUp(gateway)
    await wait(500)
    hangUp()
    expect((await first).body.errors).toBeUndefined()
    expect(outcomesOf(gateway)).toEqual(['ok'])
  })

  it('ends if both hang up', async () => {
    await using gateway = await startHoldingGateway({
      emulator: { latencyMs: 5000 },
      logLevel: 'debug',
    })
    const hangUps = [askUntilHangUp(gateway)]
    await isCalled(gateway)
    hangUps.push(askUntilHangUp(gateway))
    await wait(500)
    for (const hangUp of hangUps) hangUp()
    await expect.poll(() => codesOf(gateway)).toEqual([['CALLER_GONE'], ['CALLER_GONE']])
    await expect.poll(() => outcomesOf(gateway)).toEqual(['ABORTED'])
  })
})
