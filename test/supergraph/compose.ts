import { composeServices as composeWithApollo } from '@apollo/composition'
import type { ServiceDefinition } from '@theguild/federation-composition'
import { composeServices as composeWithGuild } from '@theguild/federation-composition'
import type { GraphQLSchema } from 'graphql'
import { buildSchema, isObjectType, parse } from 'graphql'
import { readRepositoryFile } from '../repository/source-files.ts'

export interface Composition {
  /** The supergraph's SDL, and what its callers see. Undefined where the subgraphs do not compose. */
  readonly supergraph: string | undefined
  readonly schema: GraphQLSchema | undefined
  /** What is wrong, or could be better. */
  readonly complaints: readonly string[]
}

type Compose = (subgraphs: readonly ServiceDefinition[]) => Composition

/** The two well-kept libraries. Only Apollo's gives hints. */
export const COMPOSERS: Readonly<Record<string, Compose>> = {
  '@apollo/composition': subgraphs => {
    const services = subgraphs.map(({ name, typeDefs, url }) => ({
      name,
      typeDefs,
      url: url ?? urlOf(name),
    }))
    const { supergraphSdl, schema, errors = [], hints = [] } = composeWithApollo(services)
    const told = hints.map(({ definition, message }) => `${definition.code}: ${message}`)
    return {
      supergraph: supergraphSdl,
      schema: schema?.toAPISchema().toGraphQLJSSchema(),
      complaints: [...errors.map(toMessage), ...told],
    }
  },
  '@theguild/federation-composition': subgraphs => {
    const { supergraphSdl, publicSdl, errors = [] } = composeWithGuild([...subgraphs])
    return {
      supergraph: supergraphSdl,
      schema: publicSdl === undefined ? undefined : buildSchema(publicSdl),
      complaints: errors.map(toMessage),
    }
  },
}

/** The names of the fields of an object type, sorted. */
export function fieldsOf(schema: GraphQLSchema | undefined, name: string): string[] {
  const type = schema?.getType(name)
  return isObjectType(type) ? Object.keys(type.getFields()).toSorted() : []
}

const urlOf = (name: string) => `http://${name}.example/graphql`

export const subgraph = (name: string, sdl: string): ServiceDefinition => ({
  name,
  url: urlOf(name),
  typeDefs: parse(sdl),
})

const subgraphNamed = (name: string) =>
  subgraph(name, readRepositoryFile(`test/supergraph/${name}.graphql`))

export const crm = subgraphNamed('crm')
export const staff = subgraphNamed('staff')
export const directory = subgraphNamed('directory')
export const remoteAssistance = subgraphNamed('remote-assistance')

const toMessage = ({ message }: { readonly message: string }) => message
