import { printSubgraphSchema } from '@apollo/subgraph'
import type { DefinitionNode, DocumentNode, FieldDefinitionNode, GraphQLSchema } from 'graphql'
import { Kind, parse, print, visit } from 'graphql'
import { builder } from '../builder.ts'
import type { FieldExtensions } from '../plan/field-plan.ts'

/**
 * The graph as composition takes it: without the fields that are for direct callers alone, and
 * without a word of ours on what each subgraph may define, since other words would contradict it.
 */
export function printSubgraph(
  schema: GraphQLSchema,
  { hasScopes }: SubgraphOptions = { hasScopes: true },
): string {
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
  const composed: DocumentNode = { kind, definitions: definitions.map(compose) }
  return `${print(hasScopes ? composed : withoutScopes(composed))}\n`
}

export interface SubgraphOptions {
  /** Whether the SDL names the scopes that fields need. Some routers refuse a graph that does. */
  readonly hasScopes: boolean
}

const OF_SCOPES = ['authenticated', 'requiresScopes']

const withoutScopes = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Directive: ({ name }) => (OF_SCOPES.includes(name.value) ? null : undefined),
    // The name in the list of imports from the specification.
    StringValue: ({ value }) => (OF_SCOPES.some(name => value === `@${name}`) ? null : undefined),
  })

/**
 * The answer of `_service`. The SDL is printed when it is first wanted, because printing takes
 * longer than a start.
 */
class Subgraph {
  readonly #schema: GraphQLSchema
  #sdl: string | undefined

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  get sdl(): string {
    this.#sdl ??= printSubgraph(this.#schema, {
      hasScopes: this.#schema.extensions.areScopesEnforced === true,
    })
    return this.#sdl
  }
}

const Service = builder.objectRef<Subgraph>('_Service').implement({
  description: 'For routers of Apollo Federation: this graph as a part of theirs.',
  fields: t => ({
    sdl: t.exposeString('sdl', { description: 'The graph as composition takes it.' }),
  }),
})

builder.queryField('_service', t =>
  t.field({
    type: Service,
    nullable: false,
    description: 'For routers of Apollo Federation: this graph as a part of theirs.',
    resolve: (_parent, _args, _context, { schema }) => schema.extensions.subgraph as Subgraph,
  }),
)

/** The first version of Federation that knows every directive the graph uses. */
const LINK = {
  name: 'link',
  args: {
    url: 'https://specs.apollo.dev/federation/v2.9',
    import: [
      '@authenticated',
      '@cost',
      '@key',
      '@listSize',
      '@requiresScopes',
      '@shareable',
      '@tag',
    ],
  },
}

/** Builds the graph as a subgraph. */
export function buildSubgraph(): GraphQLSchema {
  const schema = builder.toSchema({ extensions: { directives: [LINK] } })
  schema.extensions = { ...schema.extensions, subgraph: new Subgraph(schema) }
  return schema
}

function undescribed<Node extends { description?: unknown }>({ description: _, ...node }: Node) {
  return node
}
