import type { IncomingMessage } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { KnownCaller } from '../../../src/server/callers/callers.ts'
import { createIdentities } from '../../../src/server/callers/identities.ts'
import { passthroughCallers } from '../../../src/server/callers/passthrough-callers.ts'
import type { UpstreamSession } from '../../../src/upstream/client.ts'
import { UpstreamUnauthenticatedError } from '../../../src/upstream/errors.ts'
import { basic } from '../attacks/modes.ts'
import { startTestedGateway } from '../gateway.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapMib(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

/** A request that brings an account, from an address that a proxy of ours has seen. */
function requestWith(account: string, address: string): IncomingMessage {
  const authorization = basic({ account, password: 'made up' })
  return {
    headers: { 'x-forwarded-for': address },
    headersDistinct: { authorization: [authorization] },
    socket: { remoteAddress: '192.0.2.1' },
  } as unknown as IncomingMessage
}

describe('made-up accounts', () => {
  it('take no memory, though 100,000 are tried from 100,000 addresses', async () => {
    const { identityOf } = createIdentities()
    const callers = passthroughCallers(identityOf, { trustedProxies: 1, isProduction: true })
    let calls = 0
    const refusing: UpstreamSession = {
      oddity: () => () => undefined,
      get() {
        calls += 1
        return Promise.reject(new UpstreamUnauthenticatedError('The account is wrong.'))
      },
    }
    async function tryAs(at: number): Promise<KnownCaller> {
      const address = `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`
      const caller = await callers.identify(requestWith(`nobody${at}@example.com`, address))
      const session = caller.account?.judged(refusing) ?? refusing
      await session.get('histories', '/', {}, () => undefined).catch(() => undefined)
      caller.identity.onCall('UNAUTHENTICATED')
      return caller
    }
    // What is bounded is full after these.
    for (let at = 0; at < 20_000; at += 1) await tryAs(at)
    const before = heapMib()
    for (let at = 20_000; at < 120_000; at += 1) await tryAs(at)
    expect(heapMib() - before).toBeLessThan(5)
    expect(calls).toBe(120_000)
    expect((await tryAs(7)).identity.isKnown).toBe(false)
  })

  it('from one address are passed on five times, whichever they are', async () => {
    await using gateway = await startTestedGateway({ sharedAccount: null })
    for (let at = 0; at < 100; at += 1) {
      const authorization = basic({ account: `nobody${at}@example.com`, password: 'made up' })
      const { status } = await gateway.ask('{ remoteRecords { totalCount } }', {
        headers: { authorization },
      })
      expect(status).toBe(at < 5 ? 401 : 429)
    }
    expect(gateway.emulator.callLines()).toHaveLength(5)
  })
})
