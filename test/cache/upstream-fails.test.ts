import { describe, expect, it } from 'vitest'
import { FAULTS, type FaultName } from '../../src/emulator/odd/faults.ts'
import { type HoldingGateway, startHoldingGateway } from './holding-gateway.ts'

const LIST = '{ remoteRecords(first: 3) { nodes { csId } } }'
const MINUTE_MS = 60_000

const fail = (gateway: HoldingGateway, fault: FaultName | undefined) => {
  const everywhere = fault && { wire: FAULTS[fault].wire }
  gateway.emulator.oddities = everywhere ? { everywhere } : {}
}

const codesOf = (errors: readonly { extensions: Record<string, unknown> }[] = []) =>
  errors.map(({ extensions }) => extensions.code)

describe('if the upstream fails', () => {
  it.each<[FaultName, string]>([
    ['status-500', 'UPSTREAM_UNAVAILABLE'],
    ['reset', 'UPSTREAM_UNAVAILABLE'],
    ['half-the-json', 'UPSTREAM_BAD_RESPONSE'],
    ['empty-object', 'UPSTREAM_BAD_RESPONSE'],
    ['busy-day', 'UPSTREAM_RATE_LIMITED'],
    ['redirect', 'UPSTREAM_BAD_RESPONSE'],
  ])('by %s, a copy is given, which says so', async (fault, reason) => {
    await using gateway = await startHoldingGateway()
    const { body } = await gateway.askWithCalls(LIST)
    gateway.pass(10 * MINUTE_MS)
    fail(gateway, fault)
    const copy = await gateway.askWithCalls(LIST)
    expect(copy.body.data).toEqual(body.data)
    expect(copy.body.errors).toBeUndefined()
    expect(copy.upstream.stale).toMatchObject({ reason, answers: 1 })
    expect(copy.upstream.stale).toHaveProperty('ageMs', expect.closeTo(10 * MINUTE_MS, -5))
  })

  it('nobody waits for it again before the next try', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(LIST)
    gateway.pass(2 * MINUTE_MS)
    fail(gateway, 'status-500')
    expect((await gateway.askWithCalls(LIST)).calls).not.toEqual([])
    expect((await gateway.askWithCalls(LIST)).calls).toEqual([])
    gateway.pass(1000)
    expect((await gateway.askWithCalls(LIST)).calls).not.toEqual([])
    gateway.pass(1000)
    expect((await gateway.askWithCalls(LIST)).calls).toEqual([])
    gateway.pass(1000)
    expect((await gateway.askWithCalls(LIST)).calls).not.toEqual([])
  })

  it('the first answer after its return is new', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(LIST)
    gateway.pass(2 * MINUTE_MS)
    fail(gateway, 'status-500')
    await gateway.askWithCalls(LIST)
    fail(gateway, undefined)
    const csId = gateway.emulator.insertRecord()
    gateway.pass(1000)
    const { body, upstream } = await gateway.askWithCalls(LIST)
    expect(JSON.stringify(body.data)).toContain(`"${csId}"`)
    expect(upstream.stale).toBe(0)
  })

  it('behind a reader, others get the copy and learn why', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(LIST)
    gateway.pass(10_000)
    fail(gateway, 'status-500')
    expect((await gateway.askWithCalls(LIST)).upstream.stale).toMatchObject({
      reason: 'REFRESHING',
    })
    await expect
      .poll(async () => (await gateway.askWithCalls(LIST)).upstream.stale)
      .toMatchObject({ reason: 'UPSTREAM_UNAVAILABLE' })
  })

  it('a copy is no older than STALE_ON_ERROR_MS', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(LIST)
    gateway.pass(15 * MINUTE_MS + 100)
    fail(gateway, 'status-500')
    const { body } = await gateway.askWithCalls(LIST)
    expect(codesOf(body.errors)).toEqual(['UPSTREAM_UNAVAILABLE'])
  })

  it('no copy is given if STALE_ON_ERROR_MS is 0', async () => {
    await using gateway = await startHoldingGateway({ variables: { STALE_ON_ERROR_MS: '0' } })
    await gateway.askWithCalls(LIST)
    gateway.pass(2 * MINUTE_MS)
    fail(gateway, 'status-500')
    const { body } = await gateway.askWithCalls(LIST)
    expect(codesOf(body.errors)).toEqual(['UPSTREAM_UNAVAILABLE'])
  })

  it('no copy is given to a caller who wants none', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(LIST)
    fail(gateway, 'status-500')
    const headers = { 'cache-control': 'no-cache' }
    const { body } = await gateway.askWithCalls(LIST, { headers })
    expect(codesOf(body.errors)).toEqual(['UPSTREAM_UNAVAILABLE'])
  })

  it('a record is found in a copy', async () => {
    await using gateway = await startHoldingGateway()
    const query = '{ remoteRecord(csId: "2999") { csId } }'
    for (let turn = 0; turn < 3; turn++) await gateway.askWithCalls(query)
    gateway.pass(5 * MINUTE_MS)
    fail(gateway, 'status-500')
    const { body, upstream } = await gateway.askWithCalls(query)
    expect(body.data).toEqual({ remoteRecord: { csId: '2999' } })
    expect(upstream.stale).toMatchObject({ reason: 'UPSTREAM_UNAVAILABLE' })
  })

  it('a record is not said to be absent', async () => {
    await using gateway = await startHoldingGateway()
    const query = '{ remoteRecord(csId: "999999") { csId } }'
    for (let turn = 0; turn < 3; turn++)
      expect((await gateway.askWithCalls(query)).body.data).toEqual({ remoteRecord: null })
    fail(gateway, 'status-500')
    const { body } = await gateway.askWithCalls(query)
    expect(codesOf(body.errors)).toEqual(['UPSTREAM_UNAVAILABLE'])
  })
})

describe('if the upstream refuses', () => {
  const SUMMARY = '{ serviceSummary(csId: "1000") { state } }'

  it.each<[FaultName, string]>([
    ['unauthenticated', 'UNAUTHENTICATED'],
    ['forbidden', 'FORBIDDEN'],
  ])('by %s, no copy is given, of nothing that the account has read', async (fault, code) => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(SUMMARY)
    await gateway.askWithCalls(LIST)
    gateway.pass(2 * MINUTE_MS)
    fail(gateway, fault)
    expect(codesOf((await gateway.askWithCalls(LIST)).body.errors)).toEqual([code])
    expect(codesOf((await gateway.askWithCalls(SUMMARY)).body.errors)).toEqual([code])
  })

  it('behind a reader, what it read is given to nobody any more', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(LIST)
    gateway.pass(10_000)
    fail(gateway, 'forbidden')
    expect((await gateway.askWithCalls(LIST)).body.errors).toBeUndefined()
    await expect
      .poll(async () => codesOf((await gateway.askWithCalls(LIST)).body.errors))
      .toEqual(['FORBIDDEN'])
  })
})
