import { assertMayRead } from './access/scopes.ts'
import { BadUserInputError } from './arguments/bad-user-input.ts'
import { formatGlobalId, parseGlobalId } from './arguments/global-id.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import type { FieldExtensions, FieldPlan, PlanContext } from './plan/field-plan.ts'
import { toLookUps } from './plan/look-up-plan.ts'
import { isCalendarDay } from './scalars.ts'

const MAX_NODES = 100

/** The type and the key of a global id of this graph. Undefined if it cannot be one. */
type NodeKey =
  | { readonly typename: 'Agent'; readonly servicerId: number }
  | { readonly typename: 'RemoteRecord'; readonly csId: number; readonly day: string | undefined }

function parseNodeKey(text: string): NodeKey | undefined {
  const { typename, parts = [] } = parseGlobalId(text) ?? {}
  const [key = '', day, ...rest] = parts
  if (!/^[1-9][0-9]{0,14}$/.test(key) || rest.length > 0) return undefined
  const id = Number(key)
  if (typename === 'Agent' && day === undefined) return { typename, servicerId: id }
  return typename === 'RemoteRecord' && isDay(day) ? { typename, csId: id, day } : undefined
}

const isDay = (day: string | undefined) => day === undefined || isCalendarDay(day)

/** An object by its global id. Null if there is none. */
async function loadNode(text: string, context: Context) {
  const key = parseNodeKey(text)
  if (key?.typename === 'Agent') return { __typename: key.typename, servicerId: key.servicerId }
  if (!key) return null
  assertMayRead(context, 'record:read')
  const record = await context.loaders.remoteRecords.load(key)
  return record ? { __typename: key.typename, ...record } : null
}

/**
 * Each object is loaded once, however often its id is given. A text that is no id of the graph
 * costs nothing.
 */
function planNodes(ids: readonly string[], { below }: PlanContext): FieldPlan {
  const keys = [...new Set(ids)].flatMap(id => parseNodeKey(id) ?? [])
  const records = keys.filter(key => key.typename === 'RemoteRecord')
  const objects = new Map([
    ['RemoteRecord', new Set(records.map(({ csId }) => csId)).size],
    ['Agent', keys.length - records.length],
  ])
  return toLookUps(records, below, { objects })
}

function assertFewEnough(ids: readonly string[]): void {
  if (ids.length <= MAX_NODES) return
  throw new BadUserInputError(`ids must be at most ${MAX_NODES}; there are ${ids.length}.`)
}

/**
 * A supergraph has one `Query.node`, for the ids of all its subgraphs. Only who knows all of them
 * can have it: asked for an id of another subgraph, this one would answer a null that is wrong.
 */
const isForDirectCallers = true

const USUAL_ID = formatGlobalId({ typename: 'RemoteRecord', parts: ['1', '2017-08-27'] })

builder.queryFields(t => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    description: 'An object by its id. Null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of any object.' }) },
    extensions: {
      isForDirectCallers,
      usual: { id: USUAL_ID },
      plan: ({ id }: { id: string }, context: PlanContext) => planNodes([id], context),
    } satisfies FieldExtensions,
    resolve: (_, { id }, context) => loadNode(id, context) as never,
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: `Up to ${MAX_NODES} objects by their ids, in the same order; null in place of one that there is not.`,
    args: {
      ids: t.arg.idList({ required: true, description: 'The `id`s of any objects.' }),
    },
    extensions: {
      isForDirectCallers,
      checkInput: ({ ids }: { ids: readonly string[] }) => assertFewEnough(ids),
      usual: { ids: [USUAL_ID] },
      plan: ({ ids }: { ids: readonly string[] }, context: PlanContext) => planNodes(ids, context),
    } satisfies FieldExtensions,
    resolve: (_, { ids }, context) => {
      assertFewEnough(ids)
      return ids.map(id => loadNode(id, context)) as never
    },
  }),
}))
