import type { GraphQLResolveInfo } from 'graphql'
import { selectsPath } from '../execution/selection.ts'
import { parseRecordCursor } from '../history/cursor.ts'
import type { LocatedRecord } from '../loaders/remote-record.ts'
import type { RecordWish } from '../loaders/remote-record-connection.ts'
import { Agent } from './agent.ts'
import { builder } from './builder.ts'
import type { ConnectionShape } from './connection.ts'
import { connectionType } from './connection.ts'
import type { ConnectionArguments } from './connection-arguments.ts'
import { CONNECTION_SIZE, connectionArguments, parseSliceWish } from './connection-arguments.ts'
import type { Context } from './context.ts'
import type { DateRangeShape } from './date-range.ts'
import { DateRange, parseDayRange } from './date-range.ts'
import type { FieldExtensions, FieldPlan, PlannedCalls, Selection } from './plan/field-plan.ts'
import { callsOf, EVERYTHING, weightOf } from './plan/field-plan.ts'
import { PROBLEM_TYPE_FIELDS } from './plan/lookup-plan.ts'
import { RemoteRecord } from './remote-record.ts'
import { RecordOrder } from './remote-record-enums.ts'

const RemoteRecordConnection = connectionType('RemoteRecord', RemoteRecord, {
  connection: 'A page of a list of service records (服务记录列表).',
  edge: 'A service record in its place in the list.',
  totalCount: 'How many records the list has, on the days asked for (upstream: count).',
})

interface RecordArguments extends ConnectionArguments {
  createdOn?: DateRangeShape | null | undefined
  order: RecordWish['order']
}

const parseRecordArguments = (args: RecordArguments) => ({
  wish: parseSliceWish(args, parseRecordCursor),
  createdOn: parseDayRange('createdOn', args.createdOn),
})

const recordArguments = () =>
  builder.args(t => ({
    ...connectionArguments(),
    createdOn: t.field({
      type: DateRange,
      cost: 0,
      description:
        'Only records that were created on these days (按创建时间筛选; upstream: starttime, endtime). The service of a record may begin days later.',
    }),
    order: t.field({
      type: RecordOrder,
      required: true,
      defaultValue: -1,
      description: 'In which order: newest first unless said otherwise.',
    }),
  }))

/** Records of all agents, or of one. */
function recordsOf(
  servicerId: number | undefined,
  args: RecordArguments,
  { loaders: { recordConnections } }: Context,
  info: GraphQLResolveInfo,
): ConnectionShape<LocatedRecord> {
  const { wish, createdOn } = parseRecordArguments(args)
  const list = { servicerId, createdOn }
  const wantsLabels = () => LABEL_PATHS.some(path => selectsPath(info.fieldNodes, path, info))
  return {
    slice: () => recordConnections.slice(list, { ...wish, order: args.order, wantsLabels }),
    count: () => recordConnections.count(list),
  }
}

const LABEL_PATHS = [['nodes'], ['edges', 'node']].flatMap(path =>
  PROBLEM_TYPE_FIELDS.map(field => [...path, field, 'label']),
)

type RecordsEndpoint = 'histories' | 'agent_histories'

/** A list costs a page, and one more where its start is at the upstream's far end. */
const planRecords =
  (endpoint: RecordsEndpoint) =>
  (args: RecordArguments, selection: Selection): FieldPlan => {
    const { limit, after, before } = parseRecordArguments(args).wish
    const isPart = selection.has('edges') || selection.has('nodes') || selection.has('pageInfo')
    if (!isPart) return callsOf(endpoint, selection.has('totalCount') ? 1 : 0)
    const most = (after ?? before) ? 2 : 3
    const records = callsOf(endpoint, 1, most, { rounds: 2, objects: limit })
    if (!LABEL_PATHS.some(path => selection.has(...path))) return records
    return { ...records, calls: [...records.calls, planLabels(endpoint, limit, most)] }
  }

/** Labels of all agents' records are on the same pages; of one agent's, on two of a day at worst. */
const planLabels = (endpoint: string, records: number, pages: number): PlannedCalls => ({
  endpoint: 'histories_v2',
  usual: 1,
  most: endpoint === 'histories' ? pages : records * 2,
})

/** The dearest part of a list: but for labels, its length does not matter. */
const weightOfRecords = (endpoint: RecordsEndpoint) =>
  weightOf(planRecords(endpoint)({ last: 1, order: -1 }, EVERYTHING))

builder.queryField('remoteRecords', t =>
  t.field({
    type: RemoteRecordConnection,
    cost: weightOfRecords('histories'),
    listSize: CONNECTION_SIZE,
    description: 'The service records of all agents (服务记录列表).',
    args: recordArguments(),
    extensions: {
      checkInput: parseRecordArguments,
      plan: planRecords('histories'),
    } satisfies FieldExtensions,
    resolve: (_, args, context, info) => recordsOf(undefined, args, context, info),
  }),
)

builder.objectField(Agent, 'remoteRecords', t =>
  t.field({
    type: RemoteRecordConnection,
    cost: weightOfRecords('agent_histories'),
    listSize: CONNECTION_SIZE,
    description: 'The service records of this agent (查看指定客服的服务记录).',
    args: recordArguments(),
    extensions: {
      checkInput: parseRecordArguments,
      plan: planRecords('agent_histories'),
    } satisfies FieldExtensions,
    resolve: ({ servicerId }, args, context, info) => recordsOf(servicerId, args, context, info),
  }),
)
