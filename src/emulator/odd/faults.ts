import { gzipSync } from 'node:zlib'
import type { Answer } from '../answers/answer.ts'
import {
  byteByByte,
  closed,
  cut,
  cutInChunks,
  type Delivery,
  late,
  never,
  noise,
  reset,
} from '../answers/deliveries.ts'
import { fraction, seedFor } from '../random.ts'
import { htmlPage, type WireChange } from './odd-wires.ts'

interface Fault {
  /** A sentence for people, without its full stop. */
  readonly meaning: string
  /** What is sent in place of an answer. */
  readonly wire: WireChange
}

/** More than any client should take. */
const HUGE_BYTES = 10 * 1024 * 1024

/** Ways in which a call fails. Each is the `wire` of an answer, for all of them or for some. */
export const FAULTS = {
  stall: { meaning: 'Nothing comes, for as long as one waits', wire: by(never) },
  slow: { meaning: 'The answer comes a second late', wire: by(late) },
  drip: { meaning: 'The body comes byte by byte, ten in a second', wire: by(byteByByte) },
  closed: { meaning: 'The connection is closed before the answer', wire: by(closed) },
  reset: { meaning: 'The connection is reset before the answer', wire: by(reset) },
  noise: { meaning: 'Something comes that is not HTTP', wire: by(noise) },
  cut: { meaning: 'The connection is cut amid the body', wire: by(cut) },
  'cut-in-chunks': {
    meaning: 'The connection is cut amid a body of unstated length',
    wire: by(cutInChunks),
  },
  'half-the-json': { meaning: 'The body ends amid the JSON', wire: halfTheJson },
  'html-page': { meaning: 'A page for browsers, with status 200', wire: htmlPage(200) },
  'html-404': { meaning: 'A page for browsers, with status 404', wire: htmlPage(404) },
  'status-500': { meaning: 'Status 500', wire: refusal(500) },
  'status-502': { meaning: 'Status 502, with a page for browsers', wire: htmlPage(502) },
  'status-503': { meaning: 'Status 503', wire: refusal(503) },
  'status-504': { meaning: 'Status 504, with a page for browsers', wire: htmlPage(504) },
  'busy-second': {
    meaning: 'Status 503, with Retry-After of a second',
    wire: refusal(503, { 'Retry-After': '1' }),
  },
  'busy-day': {
    meaning: 'Status 503, with Retry-After of a day',
    wire: refusal(503, { 'Retry-After': '86400' }),
  },
  'rate-limit': { meaning: 'Status 429', wire: refusal(429) },
  unauthenticated: { meaning: 'Status 401', wire: refusal(401) },
  forbidden: { meaning: 'Status 403', wire: refusal(403) },
  'not-found': { meaning: "Status 404, in the API's own words", wire: refusal(404) },
  redirect: {
    meaning: 'Status 302, to another host',
    wire: () => ({ status: 302, headers: { Location: 'http://127.0.0.1:9/' }, body: '' }),
  },
  'status-in-body': { meaning: 'Status 200, and 500 in the body', wire: json({ status: '500' }) },
  'empty-object': { meaning: 'The body is {}', wire: json({}) },
  'empty-list': { meaning: 'The body is []', wire: json([]) },
  'null-rows': { meaning: 'The rows are null', wire: json({ remoterecords: null, count: 9 }) },
  'many-rows': { meaning: 'A page has 100,000 rows, whatever is asked', wire: manyRows },
  'huge-text': { meaning: 'A text of the answer has 10 MB', wire: hugeText },
  bomb: { meaning: 'A small body of gzip, which is 10 MiB when it is decoded', wire: bomb },
  comments: {
    meaning: 'The JSON has a comment and a trailing comma',
    wire: answer => ({
      ...answer,
      body: `/* made up */ ${String(answer.body).replace(/}$/, ',}')}`,
    }),
  },
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof FAULTS

/**
 * Has some of all answers fail, each fault in its share of them, from 0 to 1. The same seed picks
 * the same ones, in the order in which they are answered.
 */
export function sometimes(seed: number, shares: Partial<Record<FaultName, number>>): WireChange {
  const own = seedFor(seed, 'faults')
  const faults = Object.entries(FAULTS).map(([name, { wire }]) => ({
    wire,
    share: shares[name as FaultName] ?? 0,
  }))
  let answers = 0
  return answer => {
    let drawn = fraction(own, answers)
    answers += 1
    for (const { wire, share } of faults) {
      if (drawn < share) return wire(answer)
      drawn -= share
    }
    return answer
  }
}

function by(deliver: Delivery): WireChange {
  return answer => ({ ...answer, deliver })
}

function json(body: unknown): WireChange {
  return answer => ({ ...answer, body: JSON.stringify(body) })
}

function refusal(status: number, headers: Answer['headers'] = {}): WireChange {
  const body = JSON.stringify({ status: String(status), message: 'refused on purpose' })
  return () => ({ status, headers, body })
}

function halfTheJson(answer: Answer): Answer {
  return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) }
}

function hugeText(answer: Answer): Answer {
  return {
    ...answer,
    body: JSON.stringify({ remoterecords: [{ csId: 1, note: 'x'.repeat(1e7) }] }),
  }
}

function manyRows(answer: Answer): Answer {
  const remoterecords = Array.from({ length: 100_000 }, (_, at) => ({ csId: at + 1 }))
  return { ...answer, body: JSON.stringify({ remoterecords, count: remoterecords.length }) }
}

function bomb(answer: Answer): Answer {
  const headers = { ...answer.headers, 'Content-Encoding': 'gzip' }
  return { ...answer, headers, body: gzipSync(Buffer.alloc(HUGE_BYTES, ' '), { level: 1 }) }
}
