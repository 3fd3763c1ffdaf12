import { BadUserInputError } from './bad-user-input.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { parseGlobalId } from './global-id.ts'

const MAX_NODES = 100

/** An object by its global id: null where there is none, or the id is not one of this graph. */
async function loadNode(text: string, { loaders }: Context) {
  const { typename, parts = [] } = parseGlobalId(text) ?? {}
  const [key, day] = parts
  const id = /^[1-9][0-9]{0,14}$/.test(key ?? '') ? Number(key) : undefined
  if (id === undefined) return null
  if (typename === 'Agent' && parts.length === 1) return { __typename: typename, servicerId: id }
  if (typename !== 'RemoteRecord' || !isDay(day) || parts.length > 2) return null
  const record = await loaders.remoteRecords.load({ csId: id, day })
  return record && { __typename: typename, ...record }
}

const isDay = (day: string | undefined) =>
  day === undefined || /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day)

function assertFewEnough(ids: readonly string[]): void {
  if (ids.length <= MAX_NODES) return
  throw new BadUserInputError(`ids must be at most ${MAX_NODES}; there are ${ids.length}.`)
}

builder.queryFields(t => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    description: 'An object by its id. Null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of any object.' }) },
    resolve: (_, { id }, context) => loadNode(id, context) as never,
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: `Up to ${MAX_NODES} objects by their ids, in the same order; null in place of one that there is not.`,
    args: {
      ids: t.arg.idList({ required: true, description: 'The `id`s of any objects.' }),
    },
    extensions: { checkInput: ({ ids }: { ids: string[] }) => assertFewEnough(ids) },
    resolve: (_, { ids }, context) => {
      assertFewEnough(ids)
      return ids.map(id => loadNode(id, context)) as never
    },
  }),
}))
