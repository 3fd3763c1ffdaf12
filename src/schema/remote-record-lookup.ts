import type { GraphQLResolveInfo } from 'graphql'
import { subfieldNames } from '../execution/selection.ts'
import { referenceTo } from '../loaders/remote-record.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import type { FieldExtensions, Selection } from './plan/field-plan.ts'
import { EVERYTHING, weightOf } from './plan/field-plan.ts'
import { planLookups } from './plan/lookup-plan.ts'
import { RemoteRecord } from './remote-record.ts'
import { parseUpstreamId } from './upstream-id.ts'

/** What a reference to a record can answer by its csId alone. */
export const KNOWN_BY_CS_ID = new Set(['__typename', 'csId', 'serviceSummary', 'chatMessages'])

const planLookup = (_: unknown, selection: Selection) =>
  planLookups({ days: [], withoutDay: 1, objects: 1 }, selection)

builder.queryField('remoteRecord', t =>
  t.field({
    type: RemoteRecord,
    cost: weightOf(planLookup(undefined, EVERYTHING)),
    description:
      'One service record by its csId (服务记录id). Null where there is none. The upstream has no such call: the record is searched for in its lists.',
    args: {
      csId: t.arg.id({ required: true, description: 'The id of the record (upstream: csId).' }),
    },
    extensions: {
      checkInput: ({ csId }: { csId: string }) => parseUpstreamId('csId', csId),
      plan: planLookup,
    } satisfies FieldExtensions,
    resolve: (_, { csId }, { loaders }) =>
      loaders.remoteRecords.load({ csId: parseUpstreamId('csId', csId) }),
  }),
)

// `id` is no second key: Hive Gateway would ask for it with each record, and it costs a look-up.
builder.asEntity(RemoteRecord, {
  key: builder.selection<{ csId: string }>('csId'),
  resolveReference: async (reference, context: Context, info) =>
    resolveReference(parseUpstreamId('csId', reference.csId), context, info),
})

/** A reference costs nothing as long as only its key, or what hangs on it alone, is asked for. */
function resolveReference(csId: number, { loaders }: Context, info: GraphQLResolveInfo) {
  const type = info.schema.getType(RemoteRecord.name)
  const isEnough = subfieldNames(info.fieldNodes, info, type).isSubsetOf(KNOWN_BY_CS_ID)
  return isEnough ? referenceTo(csId) : loaders.remoteRecords.load({ csId })
}
