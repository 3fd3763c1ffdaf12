import { describe, expect, it } from 'vitest'
import { Secret } from '../../../src/secret.ts'
import { AuditLog } from '../../../src/server/callers/audit-log.ts'
import { startTestedGateway } from '../gateway.ts'
import { CONTACTS, isChain, NEITHER } from './audit-events.ts'

describe('if an event cannot be written', () => {
  it('what it is about is not answered, but the rest is', async () => {
    await using gateway = await startTestedGateway({
      audit: { log: await AuditLog.open('/dev/full'), key: new Secret('k'.repeat(32)) },
    })
    for (const _ of [1, 2]) {
      const { status, body } = await gateway.ask(CONTACTS)
      expect(status).toBe(200)
      const nodes = ['2999', '2998', '2997'].map(csId => ({ csId, contactName: null }))
      expect(body.data).toEqual({ remoteRecords: { totalCount: 2000, nodes } })
      expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(
        Array.from({ length: 3 }, () => 'AUDIT_UNAVAILABLE'),
      )
      expect(body.errors?.[0]?.path).toEqual(['remoteRecords', 'nodes', 0, 'contactName'])
    }
    expect((await gateway.ask(NEITHER)).body.errors).toBeUndefined()
    expect(gateway.loggedText()).toContain('"causes":["ENOSPC"]')
    expect(gateway.loggedText()).not.toContain('/dev/full')
  })

  it('the next operation that can be recorded shows that it works again', async () => {
    const lines: string[] = []
    let failures = 1
    const log = new AuditLog({
      async write(line) {
        failures -= 1
        if (failures >= 0) throw new Error('The disk is full.')
        lines.push(...line.trim().split('\n'))
      },
      close: async () => undefined,
    })
    await using gateway = await startTestedGateway({
      audit: { log, key: new Secret('k'.repeat(32)) },
    })
    const outcomeOf = async () => (await gateway.ask(CONTACTS)).body.errors?.length ?? 0
    expect([await outcomeOf(), await outcomeOf(), await outcomeOf()]).toEqual([3, 3, 0])
    expect(lines.map(line => JSON.parse(line).status)).toEqual(['Partial', 'Success'])
    expect(isChain(lines)).toBe(true)
  })
})

describe('while an event is being written', () => {
  it('others are read as ever: a slow disk is no broken one', async () => {
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
    const log = new AuditLog({ write: () => isReleased, close: async () => undefined })
    await using gateway = await startTestedGateway({
      audit: { log, key: new Secret('k'.repeat(32)) },
    })
    const first = gateway.ask(CONTACTS)
    // It is answered once its event is written, so that calls of it show that it was read.
    await expect.poll(() => gateway.emulator.callLines()).toHaveLength(1)
    const second = gateway.ask(CONTACTS)
    await expect.poll(() => gateway.emulator.callLines()).toHaveLength(2)
    release()
    for (const { body } of await Promise.all([first, second])) {
      expect(body.errors).toBeUndefined()
    }
  })

  it('one that takes too long is waited for no longer, and no other one is taken meanwhile', async () => {
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
    const lines: string[] = []
    const log = new AuditLog({
      write(line) {
        lines.push(...line.trim().split('\n'))
        return isReleased
      },
      close: async () => undefined,
    })
    await using gateway = await startTestedGateway({
      audit: { log, key: new Secret('k'.repeat(32)) },
    })
    const codesOf = async () =>
      new Set((await gateway.ask(CONTACTS)).body.errors?.map(({ extensions }) => extensions.code))
    expect(await codesOf()).toEqual(new Set(['AUDIT_UNAVAILABLE']))
    expect(await codesOf()).toEqual(new Set(['AUDIT_UNAVAILABLE']))
    expect(lines).toHaveLength(1)
    release()
    await expect.poll(codesOf).toEqual(new Set())
    expect(lines).toHaveLength(2)
    expect(isChain(lines)).toBe(true)
  })
})
