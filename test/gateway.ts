import type { GraphQLFormattedError } from 'graphql'
import { parseConfig } from '../src/config.ts'
import { ADMINISTRATOR } from '../src/emulator/answers/accounts.ts'
import { type Emulator, startEmulator } from '../src/emulator/emulator.ts'
import type { EmulatorOptions } from '../src/emulator/options.ts'
import { createLog } from '../src/log.ts'
import { createSchema } from '../src/schema/schema.ts'
import { Secret } from '../src/secret.ts'
import { startGateway as startProductionGateway } from '../src/server/gateway.ts'
import type { EmulatedAccount } from '../src/server/start-banner.ts'
import { type Distortion, startDistortingProxy } from './distorting-proxy.ts'

export const NOW = new Date('2026-11-23T12:00:00+08:00')

export interface Answer {
  readonly status: number
  // The tests know what they asked for.
  // biome-ignore lint/suspicious/noExplicitAny: operations of tests have no generated types
  readonly data: any
  readonly errors: readonly GraphQLFormattedError[] | undefined
  /** The same as text: an error's code, and the path of the answer that it left null. */
  readonly failures: readonly string[]
  /** The upstream calls that the operation made, in the order in which they were made. */
  readonly calls: readonly string[]
  /** How many were expected, and how many it may make at most, as planned before it ran. */
  readonly expected: number
  readonly atMost: number
}

export interface Gateway extends AsyncDisposable {
  readonly emulator: Emulator
  /** Runs an operation as one request; what was learnt stays from request to request. */
  ask(source: string, variables?: Record<string, unknown>): Promise<Answer>
  /** Starts the gateway anew before the next operation, so that nothing learnt is left. */
  forget(): void
}

export interface GatewayOptions extends EmulatorOptions {
  /** As whom the upstream is asked. Default: the emulator's administrator. */
  readonly account?: EmulatedAccount
  /** How many upstream calls an operation may need. Default: the program's. */
  readonly maxUpstreamCalls?: number
  /** The most records that one call asks for. Default: the program's. */
  readonly pageRows?: number
  /** How the upstream is asked. Default: as the program asks it. */
  readonly limits?: Partial<typeof upstream.limits>
  /** Stands between the gateway and the emulator, and changes what the latter answers. */
  readonly distort?: Distortion
}

const schema = createSchema()
/** What the program itself runs with if nothing is configured. */
const { http, upstream, ...config } = parseConfig({ PORT: '0' })

/** The gateway as the program starts it, before an emulator: whole operations in, data and calls out. */
export async function startGateway({
  account = ADMINISTRATOR,
  maxUpstreamCalls: maxCalls = upstream.maxCalls,
  pageRows = upstream.pageRows,
  limits = {},
  distort,
  ...options
}: GatewayOptions = {}): Promise<Gateway> {
  const emulator = await startEmulator({ now: NOW, ...options })
  const proxy = distort && (await startDistortingProxy(emulator.url, distort))
  const lines: string[] = []
  const start = () =>
    startProductionGateway({
      http: { ...http, host: '127.0.0.1' },
      upstream: {
        ...upstream,
        maxCalls,
        pageRows,
        limits: { ...upstream.limits, ...limits },
        url: proxy?.url ?? emulator.url,
        isMadeUp: false,
      },
      callers: { mode: 'open', account: { ...account, password: new Secret(account.password) } },
      documents: { ...config.documents, manifest: new Map(), onlyTrusted: false },
      inputLimits: config.inputLimits,
      hasGraphiql: config.hasGraphiql,
      suggestsNames: !config.isProduction,
      log: createLog('error', { write: line => void lines.push(line) }),
      schema,
    })
  let running = start()

  return {
    emulator,
    async ask(query, variables = {}) {
      const { url } = await running
      emulator.clearCalls()
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...GRAPHQL_RESPONSE, 'x-explain': '1' },
        body: JSON.stringify({ query, variables }),
      })
      const { data = null, errors, extensions } = (await response.json()) as AnswerBody
      if (lines.length > 0)
        throw new Error(`The gateway logged an error: ${lines.splice(0).join('')}`)
      return {
        status: response.status,
        data,
        errors,
        failures: (errors ?? []).map(failureOf),
        calls: emulator.callLines(),
        expected: extensions?.upstream.expected ?? 0,
        atMost: extensions?.upstream.atMost ?? 0,
      }
    },
    forget() {
      running = running.then(async gateway => {
        await gateway.stop(0)
        return start()
      })
    },
    async [Symbol.asyncDispose]() {
      await (await running).stop(0)
      await proxy?.close()
      await emulator.close()
    },
  }
}

const GRAPHQL_RESPONSE = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json',
}

interface AnswerBody {
  readonly data?: unknown
  readonly errors?: readonly GraphQLFormattedError[]
  readonly extensions?: {
    readonly upstream: { readonly expected: number; readonly atMost: number }
  }
}

const failureOf = ({ extensions, path = [] }: GraphQLFormattedError): string =>
  [extensions?.code, ...path].join(' ')
