import type { GraphQLSchema } from 'graphql'
import './scalars.ts'
import './remote-record-lookup.ts'
import './node.ts'
import './remote-record-chat-and-summary.ts'
import './remote-record-connection.ts'
import './statistics/remote-record-statistics.ts'
import './agents.ts'
import './client-records.ts'
import './federation/entities.ts'
import { describeScopes } from './access/guarded-fields.ts'
import { buildSubgraph } from './federation/subgraph.ts'
import { describeCosts } from './plan/described-costs.ts'

const DESCRIPTION = `Remote-assistance service records (远程协助服务记录) of Bangwo8, to be read only: what was asked,
who helped, what was said and written down. Begin at \`Query\`: \`remoteRecords\` lists records,
and all else is found from a record.`

/** The graph as a subgraph: with `_entities` and `_service`. */
export function createSchema(): GraphQLSchema {
  const schema = describeCosts(describeScopes(buildSubgraph()))
  schema.description = DESCRIPTION
  return schema
}
