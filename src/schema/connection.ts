import type { ObjectRef } from '@pothos/core'
import type { SchemaTypes } from './builder.ts'
import { builder } from './builder.ts'
import type { SelectionQuestions } from './plan/field-plan.ts'

type PothosTypes = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>

export interface EdgeShape<Node> {
  readonly cursor: string
  readonly node: Node
}

/** A part of a list as the resolvers see it. */
export interface SliceShape<Node> {
  readonly edges: readonly EdgeShape<Node>[]
  hasNext(): Promise<boolean>
  hasPrevious(): Promise<boolean>
}

/** A list of which a part is asked for: nothing is read before a field needs it. */
export interface ConnectionShape<Node> {
  slice(): Promise<SliceShape<Node>>
  count(): Promise<number>
}

/** Whether a connection is asked for more than its length: only then a part of its list is read. */
export const isPartWanted = (connection: Pick<SelectionQuestions, 'has'>): boolean =>
  ['edges', 'nodes', 'pageInfo'].some(field => connection.has(field))

export interface ConnectionDescriptions {
  readonly connection: string
  readonly edge: string
  readonly totalCount: string
}

/** The connection and edge types of a node type. */
export function connectionType<Node>(
  name: string,
  node: ObjectRef<PothosTypes, Node>,
  descriptions: ConnectionDescriptions,
): ObjectRef<PothosTypes, ConnectionShape<Node>> {
  const Edge = builder.objectRef<EdgeShape<Node>>(`${name}Edge`).implement({
    cost: 0,
    description: descriptions.edge,
    fields: t => ({
      cursor: t.exposeString('cursor', {
        nullable: false,
        description:
          'Stands at this edge: pass it as `after` or `before`. It stays right while the list changes.',
      }),
      node: t.field({
        type: node,
        nullable: false,
        description: 'What the edge leads to.',
        resolve: edge => edge.node as never,
      }),
    }),
  })
  return builder.objectRef<ConnectionShape<Node>>(`${name}Connection`).implement({
    cost: 0,
    description: descriptions.connection,
    fields: t => ({
      edges: t.field({
        type: [Edge],
        nullable: false,
        description: 'The page, each with its cursor.',
        resolve: async connection => (await connection.slice()).edges,
      }),
      nodes: t.field({
        type: [node],
        nullable: false,
        description: 'The page without cursors.',
        resolve: async connection =>
          (await connection.slice()).edges.map(edge => edge.node) as never,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        nullable: false,
        description: 'Where the page stands in the list.',
        resolve: async connection => pageInfo(await connection.slice()) as never,
      }),
      totalCount: t.int({
        nullable: false,
        description: descriptions.totalCount,
        resolve: connection => connection.count(),
      }),
    }),
  })
}

/** Whether there is more is asked only where it is wanted: it can cost an upstream call. */
const pageInfo = (slice: SliceShape<unknown>) => ({
  startCursor: slice.edges[0]?.cursor,
  endCursor: slice.edges.at(-1)?.cursor,
  hasNextPage: () => slice.hasNext(),
  hasPreviousPage: () => slice.hasPrevious(),
})
