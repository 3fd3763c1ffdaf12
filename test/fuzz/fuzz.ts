import { once } from 'node:events'
import { Agent, type IncomingMessage, request as send } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { ADMINISTRATOR } from '../../src/emulator/accounts.ts'
import { Dice } from '../../src/emulator/random.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { startTestedGateway, type TestedGateway } from '../server/gateway.ts'
import { openRawConnection } from '../server/http/raw-http.ts'
import { type FuzzRequest, writeRequest } from './requests.ts'
import { CANARY } from './values.ts'

export interface FuzzOptions {
  readonly runs: number
  readonly seed: number
  /** The first case, so that one that was found can be run by itself. */
  readonly from?: number
  /** When it ends though not all are run. */
  readonly timeoutMs?: number
}

export interface Finding {
  readonly case: number
  readonly kind: string
  readonly faults: readonly string[]
  /** As much of the request as helps. */
  readonly request: string
}

export interface FuzzReport {
  readonly ran: number
  readonly findings: readonly Finding[]
  /** How many were answered so, by status. */
  readonly statuses: Readonly<Record<number, number>>
  /** The most CPU time that one took, on the thread of the gateway, its caller and the emulator. */
  readonly slowestMs: number
}

/** After so many there is enough to look at. */
const MOST_FINDINGS = 20

/** Asks a gateway what nobody should, one request after the other. */
export async function fuzz({ runs, seed, from = 0, timeoutMs }: FuzzOptions): Promise<FuzzReport> {
  await using gateway = await startTestedGateway({
    emulator: { recordCount: 60, days: 10 },
    maxUpstreamCalls: 20,
    suggestsNames: false,
  })
  const schema = createSchema()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const endsAtMs = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY)
  const findings: Finding[] = []
  const statuses: Record<number, number> = {}
  let slowestMs = 0
  let at = from
  for (; at < from + runs && performance.now() < endsAtMs; at += 1) {
    if (findings.length >= MOST_FINDINGS) break
    const request = writeRequest(schema, new Dice(seed, 'fuzz', at))
    gateway.emulator.clearCalls()
    const outcome = await ask(gateway, agent, request)
    const logged = gateway.takeLogged()
    statuses[outcome.status] = (statuses[outcome.status] ?? 0) + 1
    slowestMs = Math.max(slowestMs, outcome.cpuMs)
    const faults = faultsOf(outcome, logged, gateway.emulator.callLines().length)
    if (faults.length > 0)
      findings.push({ case: at, kind: request.kind, faults, request: describe(request) })
  }
  agent.destroy()
  return { ran: at - from, findings, statuses, slowestMs }
}

interface Outcome {
  readonly status: number
  readonly headers: string
  readonly body: string
  readonly cpuMs: number
}

async function ask(gateway: TestedGateway, agent: Agent, request: FuzzRequest): Promise<Outcome> {
  const before = process.threadCpuUsage()
  if (request.isRaw) return sendRaw(gateway.origin, request.body)
  const { method, headers, body } = request
  const outgoing = send(gateway.origin, { agent, method, headers, path: request.path })
  outgoing.end(body)
  try {
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    const bytes = await buffer(incoming)
    const { user, system } = process.threadCpuUsage(before)
    return {
      status: incoming.statusCode ?? 0,
      headers: incoming.rawHeaders.join('\n'),
      body: decoded(bytes, incoming.headers['content-encoding']),
      cpuMs: (user + system) / 1000,
    }
  } catch (error) {
    return { status: 0, headers: '', body: String(error), cpuMs: 0 }
  }
}

/** Bytes that are no whole request are not answered, so that this waits only a moment. */
async function sendRaw(origin: string, bytes: Buffer = Buffer.of()): Promise<Outcome> {
  const connection = await openRawConnection(origin)
  connection.socket.end(bytes)
  await Promise.race([connection.ended, wait(100)])
  connection.socket.destroy()
  const [head = '', body = ''] = connection.received.split('\r\n\r\n')
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? NOT_ANSWERED)
  return { status, headers: head, body, cpuMs: 0 }
}

const NOT_ANSWERED = -1

function decoded(bytes: Buffer, encoding: string | undefined): string {
  if (encoding === 'gzip') return gunzipSync(bytes).toString()
  return (encoding === 'br' ? brotliDecompressSync(bytes) : bytes).toString()
}

interface Answer {
  readonly data?: unknown
  readonly errors?: unknown
  readonly extensions?: unknown
}

const MOST_CPU_MS = 200

/** Those of the emulator, which are all that is secret here. */
const SECRETS = [
  ADMINISTRATOR.password,
  Buffer.from(`${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`).toString('base64'),
]

/** All that the emulator makes up of people and chats is Chinese, or such a number. */
const PERSONAL = /\p{Script=Han}|\b1[3-9]\d{9}\b/u

function faultsOf(outcome: Outcome, logged: string, calls: number): string[] {
  const { status, headers, body, cpuMs } = outcome
  const answer = parse(body)
  const beside = [headers, logged, answer ? JSON.stringify({ ...answer, data: 0 }) : body].join(
    '\n',
  )
  const everything = [headers, logged, body].join('\n')
  const hasData = answer?.data !== undefined
  const faults: [boolean, string][] = [
    [status === 0, `no answer: ${body}`],
    [status >= 500, `status ${status}: ${body.slice(0, 300)}`],
    [everything.includes('INTERNAL_SERVER_ERROR'), 'an unexpected error'],
    [logged.includes('unexpected-error'), `logged: ${logged.slice(0, 600)}`],
    [SECRETS.some(secret => everything.includes(secret)), 'the account leaks'],
    [PERSONAL.test(beside), `personal data outside of data: ${beside.slice(0, 300)}`],
    [beside.includes(CANARY), `a value of the caller is repeated: ${beside.slice(0, 300)}`],
    [!hasData && calls > 0, `${calls} upstream calls for what was refused`],
    [cpuMs > MOST_CPU_MS, `${Math.round(cpuMs)} ms of CPU`],
  ]
  return faults.flatMap(([isFault, fault]) => (isFault ? [fault] : []))
}

function parse(body: string): Answer | undefined {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const describe = ({ method, path, headers, body }: FuzzRequest): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${body?.toString() ?? ''}`.slice(0, 2000)
