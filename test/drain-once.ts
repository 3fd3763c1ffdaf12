import { setTimeout as wait } from 'node:timers/promises'
import { ADMINISTRATOR } from '../src/emulator/answers/accounts.ts'
import { startMain } from './main-process.ts'

interface Drained {
  readonly answered: number
  /** Why requests failed that were sent while the gateway said that it was ready. */
  readonly failures: readonly string[]
  /** From SIGTERM to the end of the process. */
  readonly exitMs: number
  readonly code: number | null
}

export const SENDERS = 10
/** As often as balancers ask at most. */
const READINESS_MS = 100
const QUERY = '{ remoteRecords(first: 3) { nodes { csId chatMessages { totalCount } } } }'

/**
 * Starts a gateway, sends it requests as a balancer does, as long as it is ready, and ends it by
 * SIGTERM amid them.
 */
export async function drainOnce(upstreamUrl: string): Promise<Drained> {
  await using main = startMain({
    BANGWO8_URL: upstreamUrl,
    BANGWO8_ACCOUNT: ADMINISTRATOR.account,
    BANGWO8_PASSWORD: ADMINISTRATOR.password,
    CALLERS: 'open',
    LOG_LEVEL: 'warn',
  })
  const origin = await main.origin()
  while (!(await isReady(origin))) await wait(READINESS_MS)
  const load = sendUntilUnready(origin)
  await wait(300 + Math.random() * 500)
  const askedAtMs = performance.now()
  main.signal('SIGTERM')
  const [{ answered, failures }, { code }] = await Promise.all([load, main.ended()])
  return { answered, failures, exitMs: Math.round(performance.now() - askedAtMs), code }
}

async function sendUntilUnready(origin: string) {
  let isSending = true
  let answered = 0
  const failures: string[] = []
  const send = async () => {
    while (isSending) {
      const failure = await ask(origin).catch(error => String(error.cause ?? error))
      if (failure === undefined) answered += 1
      else failures.push(failure)
    }
  }
  const watch = async () => {
    while (await isReady(origin)) await wait(READINESS_MS)
    isSending = false
  }
  await Promise.all([watch(), ...Array.from({ length: SENDERS }, send)])
  return { answered, failures }
}

const isReady = (origin: string) =>
  fetch(`${origin}/health/ready`).then(
    ({ status }) => status === 200,
    () => false,
  )

/** Resolves with what is wrong with the answer, if anything is. */
async function ask(origin: string): Promise<string | undefined> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  })
  const body = await response.text()
  return response.ok && !body.includes('"errors"') ? undefined : `${response.status} ${body}`
}
