import { describe, expect, it } from 'vitest'
import { startEmulator } from '../../src/emulator/emulator.ts'
import { htmlPage } from '../../src/emulator/odd/odd-wires.ts'
import { freePort } from '../free-port.ts'
import { elapsedMs, leastOfThree } from '../measure.ts'
import { startTestedGateway, type TestedGateway } from './gateway.ts'

async function readiness({ origin }: TestedGateway) {
  const response = await fetch(`${origin}/health/ready`)
  const { status } = (await response.json()) as { status: string }
  return [response.status, status] as const
}

const READY = [200, 'ok'] as const

describe('/health/ready', () => {
  it('is yes once the upstream has answered, and asks it no more', async () => {
    await using gateway = await startTestedGateway()
    expect(gateway.emulator.callLines()).toEqual([])
    await expect.poll(() => readiness(gateway)).toEqual(READY)
    expect(await readiness(gateway)).toEqual(READY)
    expect(gateway.emulator.callLines()).toEqual(['servicesummary/1 servicesummary_type=3'])
  })

  it('is yes though nobody has an account yet, for a 401 is an answer too', async () => {
    await using gateway = await startTestedGateway({ sharedAccount: null })
    await expect.poll(() => readiness(gateway)).toEqual(READY)
    expect(gateway.emulator.calls.map(({ account }) => account)).toEqual([null])
  })

  it('is no, and says why, as long as the upstream is away', async () => {
    const port = await freePort()
    await using gateway = await startTestedGateway({ upstreamUrl: `http://127.0.0.1:${port}` })
    await expect.poll(() => readiness(gateway)).toEqual([503, 'upstream-unavailable'])
    await using _ = await startEmulator({ port })
    await expect.poll(() => readiness(gateway)).toEqual(READY)
  })

  it('stays yes in an outage', async () => {
    await using gateway = await startTestedGateway()
    await expect.poll(() => readiness(gateway)).toEqual(READY)
    await gateway.emulator.close()
    expect(await readiness(gateway)).toEqual(READY)
  })

  it('is no within a second if the upstream does not answer in that time', async () => {
    await using gateway = await startTestedGateway({ emulator: { latencyMs: 30_000 } })
    const ask = async () => expect(await readiness(gateway)).toEqual([503, 'upstream-not-asked'])
    expect(await leastOfThree(1000, () => elapsedMs(ask))).toBeLessThan(1000)
  })

  it('is no if something else than the API answers', async () => {
    await using gateway = await startTestedGateway({
      emulator: { oddities: { everywhere: { wire: htmlPage(502) } } },
    })
    await expect.poll(() => readiness(gateway)).toEqual([503, 'upstream-unavailable'])
  })
})
