import type { IncomingHttpHeaders } from 'node:http'
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { forwardedTo, readArguments, runUntilTold } from './process.ts'

// @apollo/gateway as a process: node apollo.ts SUPERGRAPH.graphql PORT [PAGE.html]
// PERSISTED names a subgraph to which it sends hashes in place of texts.

const { supergraph, port, page } = readArguments()
const server = new ApolloServer<IncomingHttpHeaders>({
  gateway: new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name, url = '' }) => forward(name, url),
  }),
  introspection: true,
  stopOnTerminationSignals: false,
  plugins: page === undefined ? [] : [showPage(page)],
})
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port },
  context: async ({ req }) => req.headers,
})
runUntilTold(new URL('graphql', url).href, () => server.stop())

function forward(subgraph: string, subgraphUrl: string) {
  return new RemoteGraphQLDataSource<IncomingHttpHeaders>({
    url: subgraphUrl,
    apq: process.env.PERSISTED === subgraph,
    willSendRequest({ request, context }) {
      for (const name of forwardedTo(subgraph)) {
        const value = context[name]
        if (typeof value === 'string') request.http?.headers.set(name, value)
      }
    },
  })
}

function showPage(html: string): ApolloServerPlugin {
  return {
    async serverWillStart() {
      return { renderLandingPage: async () => ({ html }) }
    },
  }
}
