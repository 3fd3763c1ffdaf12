import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql'
import { parse, validate } from 'graphql'
import { ADMINISTRATOR } from '../src/emulator/accounts.ts'
import type { Emulator } from '../src/emulator/emulator.ts'
import { startEmulator } from '../src/emulator/emulator.ts'
import type { EmulatorOptions } from '../src/emulator/options.ts'
import { createExecute } from '../src/execution/execute.ts'
import { createKnowledge } from '../src/loaders/knowledge.ts'
import { createLoaders } from '../src/loaders/loaders.ts'
import { createInputCheck } from '../src/schema/plan/check-input.ts'
import { createPlanner } from '../src/schema/plan/plan.ts'
import { createSchema } from '../src/schema/schema.ts'
import { basicAuthorization, UpstreamClient } from '../src/upstream/client.ts'
import type { Distortion } from './distorting-proxy.ts'
import { startDistortingProxy } from './distorting-proxy.ts'

export const NOW = new Date('2026-11-23T12:00:00+08:00')

export interface Answer {
  // The tests know what they asked for.
  // biome-ignore lint/suspicious/noExplicitAny: operations of tests have no generated types
  readonly data: any
  readonly errors: ExecutionResult['errors']
  /** The same as text: the cause's code, and the path of the answer that it left null. */
  readonly failures: readonly string[]
  /** The upstream calls that the operation made, in the order in which they were made. */
  readonly calls: readonly string[]
  /** How many it may make, as planned before it ran; 0 where it is refused. */
  readonly bound: number
}

export interface Gateway extends AsyncDisposable {
  readonly emulator: Emulator
  /** Runs an operation as one request; what was learnt stays from request to request. */
  ask(source: string, variables?: Record<string, unknown>): Promise<Answer>
  /** Forgets what was learnt, as a restarted process has. */
  forget(): void
}

export interface GatewayOptions extends EmulatorOptions {
  readonly account?: { readonly account: string; readonly password: string }
  /** Stands between the gateway and the emulator, and changes what the latter answers. */
  readonly distort?: Distortion
  /** Default: the gateway's own. */
  readonly execute?: (args: ExecutionArgs) => ExecutionResult | PromiseLike<ExecutionResult>
}

interface Run extends ExecutionResult {
  readonly bound?: number
}

const schema = createSchema()
const checkInput = createInputCheck(schema)
const plan = createPlanner(schema)

/** The graph over an emulator, without the server around it: whole operations in, data and calls out. */
export async function startGateway({
  account = ADMINISTRATOR,
  distort,
  execute = createExecute(),
  ...options
}: GatewayOptions = {}): Promise<Gateway> {
  const emulator = await startEmulator({ now: NOW, ...options })
  const proxy = distort && (await startDistortingProxy(emulator.url, distort))
  const client = new UpstreamClient({ origin: proxy?.url ?? emulator.url })
  const authorization = basicAuthorization(account.account, account.password)
  let knowledge = createKnowledge()

  async function run(source: string, variables: Record<string, unknown>): Promise<Run> {
    const document = parse(source)
    const invalid = validate(schema, document)
    if (invalid.length > 0) return { errors: invalid }
    const bad = checkInput(document, undefined, variables)
    if (bad.length > 0) return { errors: bad }
    const loaders = createLoaders(client.session({ authorization }), knowledge)
    const { bound } = plan(document, undefined, variables)
    const context = { schema, document, variableValues: variables, contextValue: { loaders } }
    return { bound, ...(await execute(context)) }
  }

  return {
    emulator,
    async ask(source, variables = {}) {
      emulator.clearCalls()
      const { bound = 0, data, errors } = await run(source, variables)
      return {
        data: JSON.parse(JSON.stringify(data ?? null)),
        errors,
        failures: (errors ?? []).map(failureOf),
        calls: emulator.callLines(),
        bound,
      }
    },
    forget() {
      knowledge = createKnowledge()
    },
    async [Symbol.asyncDispose]() {
      await client.close()
      await proxy?.close()
      await emulator.close()
    },
  }
}

function failureOf({ extensions, originalError, path }: GraphQLError): string {
  const cause = originalError && 'code' in originalError ? originalError.code : originalError?.name
  return [extensions.code ?? cause, ...(path ?? [])].join(' ')
}
