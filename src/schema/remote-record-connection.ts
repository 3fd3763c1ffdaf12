import type { GraphQLResolveInfo } from 'graphql'
import { selectsPath } from '../execution/selection.ts'
import { parseRecordCursor } from '../history/cursor.ts'
import type { LocatedRecord } from '../loaders/remote-record.ts'
import type { RecordWish } from '../loaders/remote-record-connection.ts'
import { Agent } from './agent.ts'
import { builder } from './builder.ts'
import type { ConnectionShape } from './connection.ts'
import {
  connectionType,
  EMPTY_SLICE,
  isPartWanted,
  planCount,
  rowsOfPart,
  withoutRows,
} from './connection.ts'
import type { ConnectionArguments } from './connection-arguments.ts'
import { CONNECTION_SIZE, connectionArguments, parseSliceWish } from './connection-arguments.ts'
import type { Context } from './context.ts'
import type { DateRangeShape } from './date-range.ts'
import { DateRange, parseDayRange } from './date-range.ts'
import type { Expectations } from './plan/expectations.ts'
import type { FieldExtensions, FieldPlan, PlanContext, PlannedCalls } from './plan/field-plan.ts'
import { callsOf, costOf, DEAREST } from './plan/field-plan.ts'
import { PROBLEM_TYPE_FIELDS, SEARCH_CALLS } from './plan/look-up-plan.ts'
import { RemoteRecord } from './remote-record.ts'
import { RecordOrder } from './remote-record-enums.ts'

const RemoteRecordConnection = connectionType('RemoteRecord', RemoteRecord, {
  connection: 'A page of a list of service records (服务记录列表).',
  edge: 'A service record in its place in the list.',
  totalCount: 'How many records the list has, on the days asked for (upstream: count).',
})

interface RecordArguments extends ConnectionArguments {
  createdOn?: DateRangeShape | null | undefined
  order?: RecordWish['order'] | null | undefined
}

const NEWEST_FIRST = -1

const parseRecordArguments = (args: RecordArguments) => ({
  wish: { ...parseSliceWish(args, parseRecordCursor), order: args.order ?? NEWEST_FIRST },
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
      defaultValue: NEWEST_FIRST,
      description: 'In which order: newest first unless said otherwise.',
    }),
  }))

/** Records of all agents, or of one. */
function recordsOf(
  servicerId: number | undefined,
  args: RecordArguments,
  { loaders: { recordConnections, labels } }: Context,
  info: GraphQLResolveInfo,
): ConnectionShape<LocatedRecord> {
  const { wish, createdOn } = parseRecordArguments(args)
  const list = { servicerId, createdOn }
  const selection = {
    has: (...path: readonly string[]) => selectsPath(info.fieldNodes, path, info),
  }
  const wantsLabels = () => LABEL_PATHS.some(path => selection.has(...path))

  async function slice() {
    if (wish.limit > 0) {
      if (labels.isEmpty && wantsLabels()) labels.readBeside(list, wish)
      return recordConnections.slice(list, wish)
    }
    const limit = rowsOfPart(wish.limit, selection)
    if (limit === 0) return EMPTY_SLICE
    return withoutRows(await recordConnections.slice(list, { ...wish, limit }), wish.isFromEnd)
  }

  return {
    asked: args,
    slice,
    count: () => recordConnections.count(list),
  }
}

const LABEL_PATHS = [['nodes'], ['edges', 'node']].flatMap(path =>
  PROBLEM_TYPE_FIELDS.map(field => [...path, field, 'label']),
)

type RecordsEndpoint = 'histories' | 'agent_histories'

/**
 * A list costs its pages; one call more if its start is at the upstream's far end, since that must be
 * found first; and one more if what is wanted can lie across the border of two pages.
 */
const planRecords =
  (endpoint: RecordsEndpoint) =>
  (args: RecordArguments, { below, known }: PlanContext): FieldPlan => {
    const { wish } = parseRecordArguments(args)
    const rows = isPartWanted(below) ? rowsOfPart(wish.limit, below) : 0
    if (rows === 0) return planCount(endpoint, wish, below)
    const isFromCursor = (wish.after ?? wish.before) !== undefined
    const isFromNewest = (wish.order === NEWEST_FIRST) !== wish.isFromEnd
    const isFromStart = isFromNewest !== (known.isRising(endpoint) ?? false)
    const pages = Math.ceil(rows / known.rowsOfAPage)
    const fitsAnywhere = !isFromCursor && rows <= known.rowsOfAPage / 2
    const expected = isFromCursor || isFromStart ? pages : pages + 1
    const atMost = pages + (isFromCursor || fitsAnywhere ? 1 : 2)
    const records = callsOf(endpoint, expected, atMost, { rounds: 2, objects: wish.limit })
    if (wish.limit === 0 || !LABEL_PATHS.some(path => below.has(...path))) return records
    const labels = planLabels(endpoint, wish.limit, { expected, atMost }, known)
    return { ...records, calls: [...records.calls, labels] }
  }

/**
 * Labels of all agents' records are on the same pages. Those of one agent's are on two pages of a day
 * at worst; records that were created before the day on which they began are searched for together.
 */
function planLabels(
  endpoint: RecordsEndpoint,
  records: number,
  pages: Pick<PlannedCalls, 'expected' | 'atMost'>,
  { hasLabels }: Expectations,
): PlannedCalls {
  const isOfAgent = endpoint === 'agent_histories'
  return {
    endpoint: 'histories_v2',
    expected: hasLabels ? 0 : isOfAgent ? 1 : pages.expected,
    atMost: isOfAgent ? records * 2 + SEARCH_CALLS : pages.atMost,
  }
}

/** The dearest part of a list: but for labels of one agent's records, its length does not matter. */
const COST = costOf(planRecords('histories')({ last: 100 }, DEAREST).calls)

builder.queryField('remoteRecords', t =>
  t.field({
    type: RemoteRecordConnection,
    cost: COST,
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
    cost: COST,
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
