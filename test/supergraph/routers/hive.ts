import { once } from 'node:events'
import { createServer } from 'node:http'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import * as http from '@graphql-mesh/transport-http'
import { forwardedTo, readArguments, runUntilTold } from './process.ts'

// Hive Gateway as a process: node hive.ts SUPERGRAPH.graphql PORT [PAGE.html]

/** The most references that the gateway takes at once. */
const MAX_REPRESENTATIONS = 1000

/** The most upstream calls that one operation may need, as the gateway's directives state them. */
const MAX_COST = 250

/** Several upstream calls in turn, each within its own deadline of 15 s. */
const TIMEOUT_MS = 60_000

const { supergraph, port, page } = readArguments()
const router = createGatewayRuntime({
  supergraph,
  transports: { http },
  logging: 'warn',
  landingPage: false,
  graphiql: page !== undefined,
  ...(page !== undefined && { renderGraphiQL: () => page }),
  propagateHeaders: {
    fromClientToSubgraphs: ({ request: { headers }, subgraphName }) =>
      Object.fromEntries(forwardedTo(subgraphName).map(name => [name, headers.get(name)])),
  },
  upstreamTimeout: TIMEOUT_MS,
  demandControl: { maxCost: MAX_COST },
  __experimental__batchDelegateOptions: { maxBatchSize: MAX_REPRESENTATIONS },
})
const server = createServer(router).listen(port, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
const listeningPort = typeof address === 'object' ? address?.port : port
runUntilTold(`http://127.0.0.1:${listeningPort}/graphql`, async () => {
  server.close()
  server.closeIdleConnections()
  await router[Symbol.asyncDispose]()
})
