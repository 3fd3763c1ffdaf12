import { printSubgraphSchema } from '@apollo/subgraph'
import type { DefinitionNode, FieldDefinitionNode, GraphQLSchema } from 'graphql'
import { Kind, parse, print } from 'graphql'
import type { FieldExtensions } from '../plan/field-plan.ts'

/**
 * The graph as composition takes it: without the fields that are for direct callers alone, and
 * without a word of ours on what each subgraph may define, since other words would contradict it.
 */
export function printSubgraph(schema: GraphQLSchema): string {
  const queryFields = schema.getQueryType()?.getFields() ?? {}
  const isComposed = ({ name }: FieldDefinitionNode) => {
    const extensions: FieldExtensions | undefined = queryFields[name.value]?.extensions
    return extensions?.isForDirectCallers !== true
  }
  const compose = (definition: DefinitionNode): DefinitionNode => {
    const { kind } = definition
    if (kind !== Kind.OBJECT_TYPE_DEFINITION && kind !== Kind.INTERFACE_TYPE_DEFINITION) {
      return definition
    }
    const { name, fields = [] } = definition
    if (name.value === 'Query') {
      return { ...undescribed(definition), fields: fields.filter(isComposed) }
    }
    const isCommon = name.value === 'Node' || name.value === 'PageInfo'
    return isCommon ? { ...undescribed(definition), fields: fields.map(undescribed) } : definition
  }
  const { kind, definitions } = parse(printSubgraphSchema(schema))
  return `${print({ kind, definitions: definitions.map(compose) })}\n`
}

/** Lets `_service` tell the graph as composition takes it. */
export function serveSubgraph(schema: GraphQLSchema): GraphQLSchema {
  const service = schema.getQueryType()?.getFields()._service
  let sdl: string | undefined
  const resolve = () => {
    sdl ??= printSubgraph(schema)
    return { sdl }
  }
  if (service) service.resolve = resolve
  return schema
}

function undescribed<Node extends { description?: unknown }>({ description: _, ...node }: Node) {
  return node
}
