import { composeServices as composeWithApollo } from '@apollo/composition'
import { composeServices as composeWithGuild } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { readRepositoryFile } from '../repository/source-files.ts'

export interface Subgraph {
  readonly name: string
  readonly sdl: string
}

export interface Composition {
  /** Undefined where the subgraphs do not compose. */
  readonly supergraph: string | undefined
  /** What is wrong; of hints, what could be better. */
  readonly complaints: readonly string[]
}

/** A subgraph of test/supergraph. */
export const neighbour = (name: string): Subgraph => ({
  name,
  sdl: readRepositoryFile(`test/supergraph/${name}.graphql`),
})

/** The two well-kept libraries. Only Apollo's gives hints. */
export const COMPOSERS: Readonly<Record<string, (subgraphs: readonly Subgraph[]) => Composition>> =
  {
    '@apollo/composition': subgraphs => {
      const { supergraphSdl, errors = [], hints = [] } = composeWithApollo(toServices(subgraphs))
      const told = hints.map(({ definition, message }) => `${definition.code}: ${message}`)
      return { supergraph: supergraphSdl, complaints: [...errors.map(toMessage), ...told] }
    },
    '@theguild/federation-composition': subgraphs => {
      const { supergraphSdl, errors = [] } = composeWithGuild(toServices(subgraphs))
      return { supergraph: supergraphSdl, complaints: errors.map(toMessage) }
    },
  }

const toMessage = ({ message }: { readonly message: string }) => message

const toServices = (subgraphs: readonly Subgraph[]) =>
  subgraphs.map(({ name, sdl }) => ({
    name,
    url: `http://${name}.example/graphql`,
    typeDefs: parse(sdl),
  }))
