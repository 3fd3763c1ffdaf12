import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.ts'
import { describeFederation } from './federation/descriptions.ts'
import { planEntities } from './federation/entities.ts'
import './scalars.ts'
import './node.ts'
import './remote-record-lookup.ts'
import './remote-record-connection.ts'
import { serveSubgraph } from './federation/subgraph.ts'

/** The first version of Federation that knows every directive the graph uses. */
const FEDERATION = 'https://specs.apollo.dev/federation/v2.9'

/** The graph as a subgraph: with `_entities` and `_service`. */
export const createSchema = (): GraphQLSchema =>
  serveSubgraph(describeFederation(planEntities(builder.toSubGraphSchema({ linkUrl: FEDERATION }))))
