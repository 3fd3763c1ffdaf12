import {
  ApolloGateway,
  type GraphQLDataSourceProcessOptions,
  RemoteGraphQLDataSource,
} from '@apollo/gateway'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { FORWARDED_HEADERS, readArguments, runUntilTold } from './process.ts'

// @apollo/gateway as a process: node apollo.ts SUPERGRAPH.graphql PORT [PAGE.html]

/** The headers to forward, by their names. */
type Context = Readonly<Record<string, string>>

class ForwardingDataSource extends RemoteGraphQLDataSource<Context> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Context>) {
    for (const [name, value] of Object.entries(context)) request.http?.headers.set(name, value)
  }
}

const showPage = (html: string): ApolloServerPlugin => ({
  async serverWillStart() {
    return { renderLandingPage: async () => ({ html }) }
  },
})

const { supergraph, port, page } = readArguments()
const server = new ApolloServer<Context>({
  gateway: new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ url = '' }) => new ForwardingDataSource({ url }),
  }),
  introspection: true,
  stopOnTerminationSignals: false,
  plugins: page === undefined ? [] : [showPage(page)],
})
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port },
  context: async ({ req: { headers } }) =>
    Object.fromEntries(
      FORWARDED_HEADERS.flatMap(name => (headers[name] ? [[name, String(headers[name])]] : [])),
    ),
})
runUntilTold(new URL('graphql', url).href, () => server.stop())
