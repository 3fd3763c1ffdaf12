import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import { freePort } from '../free-port.ts'
import { type GatewayChoices, startTestedGateway, type TestedGateway } from '../server/gateway.ts'
import { startCrm } from './crm.ts'
import type { Neighbour } from './neighbour.ts'
import { type RouterName, startRouter } from './router.ts'
import { startStaff } from './staff.ts'
import { composeSupergraph } from './supergraph.ts'

interface RouterAnswer {
  // The tests know what they asked for.
  // biome-ignore lint/suspicious/noExplicitAny: operations of tests have no generated types
  readonly data: any
  readonly errors: readonly RouterError[]
  /** The same as text: the code, and the path of the answer. */
  readonly failures: readonly string[]
}

interface RouterError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: Readonly<Record<string, unknown>>
}

/** A router before two neighbours, and before a gateway that is there when a test starts it. */
export interface CompanyGraph extends AsyncDisposable {
  readonly crm: Neighbour
  readonly staff: Neighbour
  /** One that knows nothing yet, and has each caller bring an account. */
  startGateway(choices?: GatewayChoices): Promise<TestedGateway>
  /** Asks the router, as the emulator's administrator unless the headers say otherwise. */
  ask(query: string, headers?: Readonly<Record<string, string>>): Promise<RouterAnswer>
}

/** So many records a day that a hundred tickets are of one. */
const BUSY = { days: 10 }

export async function startCompanyGraph(
  routerName: RouterName,
  environment: Readonly<Record<string, string>> = {},
): Promise<CompanyGraph> {
  const port = await freePort()
  const neighbours = [await startCrm(), await startStaff()] as const
  const [crm, staff] = neighbours
  const supergraph = composeSupergraph(routerName, `http://127.0.0.1:${port}/graphql`, neighbours)
  const router = await startRouter(routerName, { supergraph, environment })

  return {
    crm,
    staff,
    startGateway: choices =>
      startTestedGateway({ port, sharedAccount: null, emulator: BUSY, ...choices }),
    async ask(query, headers = authorizationOf(ADMINISTRATOR)) {
      const response = await fetch(router.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      })
      const { data, errors = [] } = (await response.json()) as Omit<RouterAnswer, 'failures'>
      return { data, errors, failures: errors.map(failureOf) }
    },
    async [Symbol.asyncDispose]() {
      await router[Symbol.asyncDispose]()
      for (const neighbour of neighbours) await neighbour[Symbol.asyncDispose]()
    },
  }
}

/** The header of a caller who brings this account. */
export const authorizationOf = ({ account, password }: { account: string; password: string }) => ({
  authorization: basicAuthorization(account, password),
})

/** How many requests the gateway answered, and how many upstream calls each of them made. */
export const callsByRequest = ({ logged }: TestedGateway) =>
  logged.filter(({ event }) => event === 'operation').map(({ upstreamCalls }) => upstreamCalls)

const failureOf = ({ extensions, path = [] }: RouterError) => [extensions.code, ...path].join(' ')
