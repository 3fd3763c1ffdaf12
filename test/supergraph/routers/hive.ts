import { once } from 'node:events'
import { createServer } from 'node:http'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import * as http from '@graphql-mesh/transport-http'
import { FORWARDED_HEADERS, readArguments, runUntilTold } from './process.ts'

// Hive Gateway as a process: node hive.ts SUPERGRAPH.graphql PORT [PAGE.html]

/** The most references that the gateway takes in one request. */
const MAX_REPRESENTATIONS = 100

const { supergraph, port, page } = readArguments()
const router = createGatewayRuntime({
  supergraph,
  transports: { http },
  logging: 'warn',
  landingPage: false,
  graphiql: page !== undefined,
  ...(page !== undefined && { renderGraphiQL: () => page }),
  propagateHeaders: {
    fromClientToSubgraphs: ({ request: { headers } }) =>
      Object.fromEntries(FORWARDED_HEADERS.map(name => [name, headers.get(name)])),
  },
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
