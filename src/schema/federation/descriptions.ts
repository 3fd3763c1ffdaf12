import type { GraphQLSchema } from 'graphql'

const SCHEMA = `Remote-assistance service records (远程协助服务记录) of Bangwo8, to be read only: what was asked,
who helped, what was said and written down. Begin at \`Query\`: \`remoteRecords\` lists records,
and all else is found from a record.`

const TYPES: Readonly<Record<string, string>> = {
  _Any: 'For routers of Apollo Federation: an object with `__typename` and the fields of a key.',
  _Entity: 'For routers of Apollo Federation: any of the types that have a key.',
  _Service: 'For routers of Apollo Federation: this graph as a part of theirs.',
}

const FIELDS: Readonly<Record<string, string>> = {
  _entities:
    'For routers of Apollo Federation: the objects that these keys name, in the same order. Null where there is none.',
  _service: 'For routers of Apollo Federation: this graph as a part of theirs.',
}

const REPRESENTATIONS = 'Up to 100, each with its `__typename` and the fields of one of its keys.'

/**
 * Describes what Federation adds, and the graph as a whole, to those who look at it through
 * introspection. What is printed stays the same: a subgraph tells nothing of these.
 */
export function describeFederation(schema: GraphQLSchema): GraphQLSchema {
  schema.description = SCHEMA
  for (const [name, description] of Object.entries(TYPES)) {
    const type = schema.getType(name)
    if (type) type.description = description
  }
  const queryFields = schema.getQueryType()?.getFields() ?? {}
  for (const [name, description] of Object.entries(FIELDS)) {
    const field = queryFields[name]
    if (field) field.description = description
    for (const argument of field?.args ?? []) argument.description = REPRESENTATIONS
  }
  return schema
}
