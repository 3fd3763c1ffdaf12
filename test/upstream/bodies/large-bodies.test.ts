import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { LargeBodies } from '../../../src/upstream/bodies/large-bodies.ts'
import { leastOfThree, longestPauseMs } from '../../measure.ts'
import { answering, rejection, startFakeUpstream, visit } from '../fake-upstream.ts'

const KIB = 1024

function createReceiver() {
  return {
    isHalted: false,
    halt() {
      this.isHalted = true
    },
    proceed() {
      this.isHalted = false
    },
  }
}

test('small bodies are received side by side, large ones two at a time', () => {
  const bodies = new LargeBodies()
  const receivers = Array.from({ length: 6 }, createReceiver)
  const halted = () => receivers.map(({ isHalted }) => isHalted)
  for (const receiver of receivers) bodies.note(receiver, 256 * KIB)
  expect(halted()).toEqual(Array(6).fill(false))
  for (const receiver of receivers) bodies.note(receiver, 256 * KIB + 1)
  expect(halted()).toEqual([false, false, true, true, true, true])
})

test('the next large body proceeds when one is parsed, those that were given up do not', () => {
  const bodies = new LargeBodies()
  const [a, b, c, d] = [createReceiver(), createReceiver(), createReceiver(), createReceiver()]
  for (const receiver of [a, b, c, d]) bodies.note(receiver, 300 * KIB)
  bodies.release(c)
  bodies.release(a)
  expect([c.isHalted, d.isHalted]).toEqual([true, false])
  bodies.release(b)
  bodies.release(d)
  const next = createReceiver()
  bodies.note(next, 300 * KIB)
  expect(next.isHalted).toBe(false)
})

/** 5 MiB of rows. */
const LARGE = JSON.stringify({
  remoterecords: Array.from({ length: 10_000 }, (_, csId) => ({ csId, note: '好'.repeat(150) })),
})

test.each(['identity', 'gzip'])(
  'eight large bodies of %s at once are read, and never hold the event loop for long',
  async encoding => {
    const bytes = encoding === 'gzip' ? gzipSync(LARGE) : Buffer.from(LARGE)
    const headers = { 'content-encoding': encoding }
    await using upstream = await startFakeUpstream(answering(bytes, headers))
    await using visitor = visit(upstream.url, { attemptMs: 15_000 })
    const endpoints = ['histories', 'histories_v2'] as const
    let answers: unknown[] = []
    const read = async () => {
      answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => visitor.get(endpoints[i % 2])),
      )
    }
    expect(await leastOfThree(200, () => longestPauseMs(read))).toBeLessThan(200)
    for (const answer of answers) expect(JSON.stringify(answer)).toBe(LARGE)
  },
)

test('a large body that is given up leaves its room to the others', async () => {
  await using upstream = await startFakeUpstream(({ url }, response) => {
    response.writeHead(200)
    response.write(LARGE.slice(0, 1_000_000))
    if (url === '/whole.json') response.end(LARGE.slice(1_000_000))
  })
  await using visitor = visit(upstream.url, { attemptMs: 1000 })
  const stalled = [1, 2, 3].map(() => rejection(visitor.get('histories', '/stalled.json')))
  await Promise.all(stalled)
  expect(JSON.stringify(await visitor.get('histories', '/whole.json'))).toBe(LARGE)
})
