import type { GraphQLResolveInfo } from 'graphql'
import { subfieldNames } from '../execution/selection.ts'
import { referenceTo } from '../loaders/remote-record.ts'
import { assertMayRead } from './access/scopes.ts'
import { BadUserInputError } from './arguments/bad-user-input.ts'
import { parseUpstreamId } from './arguments/upstream-id.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import type { FieldExtensions, FieldPlan, PlanContext } from './plan/field-plan.ts'
import { costOf, DEAREST } from './plan/field-plan.ts'
import { planLookUps, toLookUps } from './plan/look-up-plan.ts'
import { RemoteRecord } from './remote-record.ts'

/** The fields of a reference that need nothing but its csId. */
export const KNOWN_BY_CS_ID = new Set(['__typename', 'csId', 'serviceSummary', 'chatMessages'])

const MAX_CS_IDS = 100

/** Each csId is looked up once, however often it is asked for. */
function planByCsId(csIds: readonly number[], { below }: PlanContext): FieldPlan {
  const different = [...new Set(csIds)]
  const records = different.map(csId => ({ csId }))
  return toLookUps(records, below, { objects: different.length })
}

/** The cost that a router adds up for records that share no page. */
const costOfLookUps = (count: number): number => {
  const csIds = Array.from({ length: count }, (_, at) => 1000 * (at + 1))
  const { lookUps } = planByCsId(csIds, DEAREST)
  return costOf(planLookUps(lookUps ? [lookUps] : [], DEAREST.known))
}

function parseCsIds(csIds: readonly string[]): number[] {
  if (csIds.length > MAX_CS_IDS) {
    throw new BadUserInputError(`csIds must be at most ${MAX_CS_IDS}; there are ${csIds.length}.`)
  }
  return csIds.map((csId, at) => parseUpstreamId(`csIds[${at}]`, csId))
}

async function loadRecord(csId: number, context: Context) {
  assertMayRead(context, 'record:read')
  return context.loaders.remoteRecords.load({ csId })
}

builder.queryFields(t => ({
  remoteRecord: t.field({
    type: RemoteRecord,
    cost: costOfLookUps(1),
    description:
      'One service record by its csId (服务记录id). Null if there is none. The upstream has no such call: the record is searched for in its lists.',
    args: {
      csId: t.arg.id({ required: true, description: 'The id of the record (upstream: csId).' }),
    },
    extensions: {
      checkInput: ({ csId }: { csId: string }) => parseUpstreamId('csId', csId),
      usual: { csId: '1' },
      plan: ({ csId }: { csId: string }, context: PlanContext) =>
        planByCsId([parseUpstreamId('csId', csId)], context),
    } satisfies FieldExtensions,
    resolve: (_, { csId }, { loaders }) =>
      loaders.remoteRecords.load({ csId: parseUpstreamId('csId', csId) }),
  }),
  remoteRecordsByCsId: t.field({
    type: [RemoteRecord],
    nullable: { list: false, items: true },
    cost: Math.ceil(costOfLookUps(MAX_CS_IDS) / MAX_CS_IDS),
    listSize: { assumedSize: MAX_CS_IDS },
    description: `Up to ${MAX_CS_IDS} service records by their csIds (服务记录id), in the same order. Null in place of one that there is not. All are searched for together, so that neighbours share their pages.`,
    args: {
      csIds: t.arg.idList({
        required: true,
        description: 'The ids of the records (upstream: csId). The same one may be there twice.',
      }),
    },
    extensions: {
      checkInput: ({ csIds }: { csIds: readonly string[] }) => parseCsIds(csIds),
      usual: { csIds: ['1'] },
      plan: ({ csIds }: { csIds: readonly string[] }, context: PlanContext) =>
        planByCsId(parseCsIds(csIds), context),
      isGuardedItemByItem: true,
    } satisfies FieldExtensions,
    resolve: (_, { csIds }, context) => parseCsIds(csIds).map(csId => loadRecord(csId, context)),
  }),
}))

// `id` is no second key, because Hive Gateway would ask for it with each record, and it costs a
// look-up.
builder.asEntity(RemoteRecord, {
  key: builder.selection<{ csId: string }>('csId'),
  resolveReference: async (reference, context: Context, info) =>
    resolveReference(parseUpstreamId('csId', reference.csId), context, info),
})

/** A reference costs nothing if only its key is selected, or fields that need only the key. */
function resolveReference(csId: number, context: Context, info: GraphQLResolveInfo) {
  assertMayRead(context, 'record:read')
  const type = info.schema.getType(RemoteRecord.name)
  const isEnough = subfieldNames(info.fieldNodes, info, type).isSubsetOf(KNOWN_BY_CS_ID)
  return isEnough ? referenceTo(csId) : context.loaders.remoteRecords.load({ csId })
}
