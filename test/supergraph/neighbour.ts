import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLFieldResolver, parse } from 'graphql'
import { createYoga } from 'graphql-yoga'

/** A resolver for each field that needs one, by the names of type and field. */
type Resolvers = Readonly<
  // Each resolver knows what its parent is.
  // biome-ignore lint/suspicious/noExplicitAny: the examples have no generated types
  Record<string, Readonly<Record<string, GraphQLFieldResolver<any, unknown>>>>
>

/** A small subgraph of the company's, beside the gateway. */
export interface Neighbour extends AsyncDisposable {
  readonly name: string
  readonly url: string
  readonly sdl: string
  /** The headers of the requests that it got, in the order of their arrival. */
  readonly received: IncomingHttpHeaders[]
}

/** Serves the SDL beside this file that has the neighbour's name, on any free port. */
export async function startNeighbour(name: string, resolvers: Resolvers): Promise<Neighbour> {
  const sdl = readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8')
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers })
  const yoga = createYoga({ schema, graphiql: false, landingPage: false })
  const received: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    received.push(request.headers)
    void yoga(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    name,
    url: `http://127.0.0.1:${port}/graphql`,
    sdl,
    received,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await yoga.dispose()
    },
  }
}
