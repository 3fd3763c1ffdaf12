import { describe, expect, test } from 'vitest'
import { readEnvironment } from '../../../src/emulator/environment.ts'
import { FAULTS, type FaultName, sometimes } from '../../../src/emulator/odd/faults.ts'
import { call, HISTORIES, read, serviceSummary, startAtNow } from '../calling.ts'

/** What a plain client sees of each call: a status and the length of the body, or that it failed. */
async function seenWith(seed: number, shares: Partial<Record<FaultName, number>>) {
  await using emulator = await startAtNow({
    oddities: { everywhere: { wire: sometimes(seed, shares) } },
  })
  const seen: string[] = []
  for (let csId = 1000; csId < 1200; csId++) {
    const status = call(emulator, serviceSummary(csId)).then(
      response => String(response.status),
      () => 'failed',
    )
    seen.push(await status)
  }
  return seen
}

describe('faults at random', () => {
  test('have their shares of all answers', async () => {
    const seen = await seenWith(1, { 'status-500': 0.3, reset: 0.1 })
    const countOf = (what: string) => seen.filter(each => each === what).length
    expect(countOf('500')).toBeGreaterThan(40)
    expect(countOf('500')).toBeLessThan(80)
    expect(countOf('failed')).toBeGreaterThan(8)
    expect(countOf('failed')).toBeLessThan(35)
    expect(countOf('200')).toBe(200 - countOf('500') - countOf('failed'))
  })

  test('are the same ones for the same seed', async () => {
    const shares = { 'status-500': 0.3 }
    expect(await seenWith(5, shares)).toEqual(await seenWith(5, shares))
    expect(await seenWith(5, shares)).not.toEqual(await seenWith(6, shares))
  })
})

test('a fault is switched on and off while it runs, for one endpoint alone', async () => {
  await using emulator = await startAtNow()
  emulator.oddities = { servicesummary: { wire: FAULTS['status-503'].wire } }
  expect((await call(emulator, serviceSummary(1000))).status).toBe(503)
  expect((await call(emulator, HISTORIES)).status).toBe(200)
  emulator.oddities = {}
  expect(await read(emulator, serviceSummary(1000))).toBeTypeOf('object')
})

test.each(['closed', 'reset', 'noise', 'cut', 'cut-in-chunks'] as const)(
  'a plain client gets no body with %s',
  async name => {
    await using emulator = await startAtNow({ oddities: { everywhere: FAULTS[name] } })
    const text = call(emulator, HISTORIES).then(response => response.text())
    await expect(text).rejects.toThrow()
  },
)

test.each(['stall', 'drip'] as const)(
  'a plain client has no body after a while: %s',
  async name => {
    await using emulator = await startAtNow({ oddities: { everywhere: FAULTS[name] } })
    const headers = { authorization: '' }
    const answer = fetch(emulator.url + HISTORIES, { headers, signal: AbortSignal.timeout(300) })
    await expect(answer.then(response => response.text())).rejects.toThrow('timeout')
  },
)

describe('EMULATOR_FAULTS', () => {
  test('names faults with their shares', () => {
    const { oddities } = readEnvironment({ EMULATOR_FAULTS: 'forbidden=1' })
    const answer = { status: 200, headers: {}, body: '{}' }
    expect(oddities?.everywhere?.wire?.(answer, {} as never).status).toBe(403)
  })

  test.each(['stalled=0.1', 'stall', 'stall=2', 'stall=', 'constructor=1'])('is not %j', text => {
    expect(() => readEnvironment({ EMULATOR_FAULTS: text })).toThrow(
      /^EMULATOR_FAULTS must be names with shares, such as stall=0.02, of stall, slow, drip, .*, got "/,
    )
  })
})
