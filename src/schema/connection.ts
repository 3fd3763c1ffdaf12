import type { ObjectRef } from '@pothos/core'
import type { ScanProgress } from '../loaders/scans/filtered-connection.ts'
import type { EndpointName } from '../upstream/endpoint.ts'
import type { Scope } from './access/scopes.ts'
import type { ConnectionArguments } from './arguments/connection-arguments.ts'
import type { SchemaTypes } from './builder.ts'
import { builder } from './builder.ts'
import type { FieldPlan, SelectionQuestions } from './plan/field-plan.ts'
import { callsOf } from './plan/field-plan.ts'

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
  /**
   * Where the part begins and ends, if it does not begin at its first edge or end at its last one.
   */
  readonly bounds?: { readonly start: string | undefined; readonly end: string | undefined }
}

/** A list of which a part is wanted. Nothing is read before a field needs it. */
export interface ConnectionShape<Node> {
  /** The cursors of the request, which an empty page gives back. */
  readonly asked: Pick<ConnectionArguments, 'after' | 'before'>
  slice(): Promise<SliceShape<Node>>
  count(): Promise<number | null>
  /** How far the part has looked, if each element was looked at. */
  scan?(): Promise<ScanProgress>
}

/** Whether more than the length of the list is wanted. Only then a part of the list is read. */
export const isPartWanted = (connection: Pick<SelectionQuestions, 'has'>): boolean =>
  ['edges', 'nodes', 'pageInfo'].some(field => connection.has(field))

/**
 * How many rows a part of a list needs. A part without rows needs none, unless the selection asks
 * what is around it.
 */
export function rowsOfPart(limit: number, connection: Pick<SelectionQuestions, 'has'>): number {
  if (limit > 0) return limit
  return ['hasNextPage', 'hasPreviousPage'].some(field => connection.has('pageInfo', field)) ? 1 : 0
}

/** Reading the length alone takes one call. */
export const planCount = (
  endpoint: EndpointName,
  { limit }: { readonly limit: number },
  connection: Pick<SelectionQuestions, 'has'>,
): FieldPlan => {
  const calls = connection.has('totalCount') ? 1 : 0
  return callsOf(endpoint, calls, calls, { objects: Math.min(limit, 1) })
}

/** Cuts a part without rows out of a part with one row. */
export function withoutRows<Node>(one: SliceShape<Node>, isFromEnd: boolean): SliceShape<Node> {
  const hasMore = () => Promise.resolve(one.edges.length > 0)
  return isFromEnd
    ? { edges: [], hasNext: one.hasNext, hasPrevious: hasMore }
    : { edges: [], hasNext: hasMore, hasPrevious: one.hasPrevious }
}

const NO = () => Promise.resolve(false)
export const EMPTY_SLICE = { edges: [], hasNext: NO, hasPrevious: NO } satisfies SliceShape<never>

interface ConnectionOptions {
  /** What the selected nodes need. */
  readonly scope: Scope
  /** The texts that describe the connection. */
  readonly connection: string
  readonly edge: string
  readonly totalCount: string
}

/** The connection and edge types of a node type. */
export function connectionType<Node>(
  name: string,
  node: ObjectRef<PothosTypes, Node>,
  { scope, ...descriptions }: ConnectionOptions,
): ObjectRef<PothosTypes, ConnectionShape<Node>> {
  const Edge = builder.objectRef<EdgeShape<Node>>(`${name}Edge`).implement({
    cost: 0,
    requiresScopes: [[scope]],
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
    requiresScopes: [[scope]],
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
        resolve: async connection => pageInfo(await connection.slice(), connection.asked) as never,
      }),
      totalCount: t.int({
        description: descriptions.totalCount,
        resolve: connection => connection.count(),
      }),
    }),
  })
}

/**
 * Whether there is more is looked up only if it is selected, since it can cost an upstream call.
 */
const pageInfo = (
  slice: SliceShape<unknown>,
  { after, before }: ConnectionShape<unknown>['asked'],
) => ({
  startCursor: slice.bounds?.start ?? slice.edges[0]?.cursor ?? (before || null),
  endCursor: slice.bounds?.end ?? slice.edges.at(-1)?.cursor ?? (after || null),
  hasNextPage: () => slice.hasNext(),
  hasPreviousPage: () => slice.hasPrevious(),
})
