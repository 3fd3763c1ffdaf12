import { setTimeout as wait } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { Dice } from '../../src/emulator/random.ts'
import { accountName, PASSWORD } from './accounts.ts'
import { callsOf, codesOf, judge, type Verdict } from './judge.ts'
import { OPERATIONS } from './operations.ts'
import type { Options } from './options.ts'

/** What an operation gives if nothing fails, and how many calls it makes. */
export interface Truth {
  readonly data: unknown
  readonly calls: number
}

/** One operation that was asked. */
export interface Asked {
  readonly verdict: Verdict
  /** Of its errors; `SHED` for 503, `NO_ANSWER` for none. */
  readonly codes: readonly string[]
  readonly beganAtMs: number
  readonly durationMs: number
  readonly neededCalls: number
  /** How many it made. */
  readonly madeCalls: number
}

type Judged = Pick<Asked, 'verdict' | 'codes' | 'madeCalls'>

const PATIENCE_MS = 40_000

/** Asks operations of a mix at a steady rate, whether others are answered or not. */
export class Load {
  readonly #url: string
  readonly #truths: readonly Truth[]
  readonly #accounts: number
  readonly #dice: Dice
  readonly #agent = new Agent({ connections: null })
  readonly #underWay: Promise<void>[] = []
  readonly asked: Asked[] = []

  constructor(origin: string, truths: readonly Truth[], { accounts, seed }: Options) {
    this.#url = `${origin}/graphql`
    this.#truths = truths
    this.#accounts = accounts
    this.#dice = new Dice(seed, 'soak', 0)
  }

  /** Resolves when the last operation has begun. */
  async run(rate: number, seconds: number): Promise<void> {
    const beganAtMs = performance.now()
    for (let at = 0; at < rate * seconds; at++) {
      const dueAtMs = beganAtMs + (at * 1000) / rate
      const waitMs = dueAtMs - performance.now()
      if (waitMs > 0) await wait(waitMs)
      this.#underWay.push(this.#ask())
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#underWay)
    await this.#agent.close()
  }

  async #ask(): Promise<void> {
    const at = this.#dice.below(OPERATIONS.length)
    const account = accountName(this.#dice.below(this.#accounts))
    const { data, calls: neededCalls } = this.#truths[at] ?? { data: null, calls: 0 }
    const beganAtMs = performance.now()
    const judged = await this.#judged(OPERATIONS[at] ?? '', account, data)
    const durationMs = performance.now() - beganAtMs
    this.asked.push({ ...judged, beganAtMs, durationMs, neededCalls })
  }

  async #judged(query: string, account: string, truth: unknown): Promise<Judged> {
    try {
      const { statusCode, text } = await ask(this.#url, query, account, this.#agent)
      if (statusCode === 503) return failed('SHED')
      const verdict = judge(text, account, truth)
      return { verdict, codes: codesOf(text), madeCalls: callsOf(text) }
    } catch {
      return failed('NO_ANSWER')
    }
  }
}

const failed = (code: string): Judged => ({ verdict: 'failed', codes: [code], madeCalls: 0 })

/** By `headers` it says more than usual of how it asks. */
export async function ask(
  url: string,
  query: string,
  account: string,
  dispatcher?: Agent,
  headers: Readonly<Record<string, string>> = {},
) {
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Basic ${Buffer.from(`${account}:${PASSWORD}`).toString('base64')}`,
      'x-explain': '1',
      ...headers,
    },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(dispatcher && { dispatcher }),
  })
  return { statusCode, text: await body.text() }
}
