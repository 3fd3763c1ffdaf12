import { afterEach, describe, expect, it, vi } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import { FAULTS } from '../../src/emulator/odd/faults.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import { startHoldingGateway } from './holding-gateway.ts'
import { checkIsolation } from './isolation.ts'

const LIST = '{ remoteRecords(first: 3) { nodes { csId } } }'
const as = (account: string, password: string) => ({
  headers: { authorization: basicAuthorization(account, password) },
})
const { account, password } = ADMINISTRATOR

afterEach(() => {
  vi.restoreAllMocks()
})

describe('what is held for an account', () => {
  it('reaches nobody else, nor its own caller after a refusal', async () => {
    const { calls, operations, foreign, outdated } = await checkIsolation(100_000, 1)
    expect({ foreign, outdated }).toEqual({ foreign: 0, outdated: 0 })
    // Some of it was held, and some was not.
    expect(calls).toBeGreaterThan(operations / 20)
    expect(calls).toBeLessThan(operations / 2)
  })

  it('is not for another account, be it an administrator too', async () => {
    await using gateway = await startHoldingGateway({
      sharedAccount: null,
      emulator: { administrators: ['other@example.com'] },
    })
    for (const name of [account, 'other@example.com'])
      expect((await gateway.askWithCalls(LIST, as(name, password))).calls).toHaveLength(1)
    for (const name of [account, 'other@example.com'])
      expect((await gateway.askWithCalls(LIST, as(name, password))).calls).toEqual([])
  })

  it('is not for those who ask at the same instant with another account', async () => {
    await using gateway = await startHoldingGateway({
      sharedAccount: null,
      emulator: { latencyMs: 50 },
    })
    const agent = as(SUMMARY_AGENT.account, SUMMARY_AGENT.password)
    const [own, others] = await Promise.all([
      gateway.ask(LIST, as(account, password)),
      gateway.ask(LIST, agent),
    ])
    expect(own.body.errors).toBeUndefined()
    expect(others.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('is not for who knows the account but not its password', async () => {
    await using gateway = await startHoldingGateway({ sharedAccount: null })
    await gateway.ask(LIST, as(account, password))
    expect((await gateway.ask(LIST, as(account, 'guessed'))).status).toBe(401)
  })

  it('is refused a minute after the password was changed, for one call', async () => {
    await using gateway = await startHoldingGateway({
      clockRate: 1,
      sharedAccount: null,
      variables: { CACHE_LIST_OF_TODAY_FRESH_MS: '600000', CACHE_LIST_OF_TODAY_STALE_MS: '600000' },
    })
    const old = as(account, password)
    await gateway.ask(LIST, old)
    gateway.emulator.oddities = { everywhere: { wire: FAULTS.unauthenticated.wire } }
    const now = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 61_000)
    const { status, calls } = await gateway.askWithCalls(LIST, old)
    expect(status).toBe(401)
    expect(calls).toHaveLength(1)
  })
})
