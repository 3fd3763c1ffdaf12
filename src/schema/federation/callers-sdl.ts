import { printSubgraphSchema } from '@apollo/subgraph'
import { buildSchema, type GraphQLSchema, printSchema } from 'graphql'

/**
 * The graph as its callers see it: plain SDL in the order of the code, without the directives and
 * the fields that Federation adds. Every client generator reads it.
 */
export function printForCallers(schema: GraphQLSchema): string {
  // The directives of Federation have no definition here. `printSchema` prints none of them.
  const plain = buildSchema(printSubgraphSchema(schema), { assumeValidSDL: true })
  plain.description = schema.description
  return `${printSchema(plain)}\n`
}
