import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import { selectsPath } from '../execution/selection.ts'
import type { LocatedRecord } from '../loaders/remote-record.ts'
import type { RecordWish } from '../loaders/remote-record-connection.ts'
import type { RecordListKey } from '../loaders/remote-record-lists.ts'
import type { FilteredConnections, FilteredSlice } from '../loaders/scans/filtered-connection.ts'
import type { RecordFilter } from '../questions/record-filter.ts'
import { Agent } from './agent.ts'
import { CONNECTION_SIZE } from './arguments/connection-arguments.ts'
import { keptWith } from './arguments/kept-with.ts'
import { builder } from './builder.ts'
import type { ConnectionShape } from './connection.ts'
import { connectionType, EMPTY_SLICE, rowsOfPart, withoutRows } from './connection.ts'
import type { Context } from './context.ts'
import type { FieldExtensions } from './plan/field-plan.ts'
import { costOf, DEAREST } from './plan/field-plan.ts'
import { RemoteRecord } from './remote-record.ts'
import type { RecordArguments } from './remote-record-arguments.ts'
import {
  parseAgentRecordArguments,
  parseRecordArguments,
  recordArguments,
} from './remote-record-arguments.ts'
import { assertMayFilter } from './remote-record-filter.ts'
import { LABEL_PATHS, planRecords } from './remote-record-plan.ts'
import { Scan } from './scan.ts'

export const RemoteRecordConnection = connectionType('RemoteRecord', RemoteRecord, {
  scope: 'record:read',
  connection: 'A page of a list of service records (服务记录列表).',
  edge: 'A service record in its place in the list.',
  totalCount:
    'How many records the list has, on the days asked for (upstream: count). Under a filter that is read, each record of the days is looked at: what takes more calls than the operation has fails with UPSTREAM_CALL_LIMIT after one call, and says the price.',
})

builder.objectField(RemoteRecordConnection, 'scan', t =>
  t.field({
    type: Scan,
    description: 'How far the page has looked. Null without a filter that is read.',
    resolve: connection => connection.scan?.() ?? null,
  }),
)

const parsedArguments = keptWith(parseRecordArguments)

/** By the nodes of a field, as they were collected: those that variables decide are collected anew. */
const labelWishes = new WeakMap<readonly FieldNode[], boolean>()

function wantsLabels(info: GraphQLResolveInfo): boolean {
  const { fieldNodes } = info
  const wants =
    labelWishes.get(fieldNodes) ?? LABEL_PATHS.some(path => selectsPath(fieldNodes, path, info))
  labelWishes.set(fieldNodes, wants)
  return wants
}

/** The records of all agents, or of one. */
export function recordsOf(
  servicerId: number | undefined,
  args: RecordArguments,
  context: Context,
  info: GraphQLResolveInfo,
): ConnectionShape<LocatedRecord> {
  const { recordConnections, labels, filteredConnections } = context.loaders
  const { wish, createdOn, filter, servicerId: onlyServicerId } = parsedArguments(args)
  assertMayFilter(context, filter, info)
  const list = { servicerId: servicerId ?? onlyServicerId, createdOn }
  if (filter) return filteredRecords(args, { list, wish, filter }, filteredConnections)
  const selection = {
    has: (...path: readonly string[]) => selectsPath(info.fieldNodes, path, info),
  }

  async function slice() {
    if (wish.limit > 0) {
      if (labels.isEmpty && wantsLabels(info)) labels.readBeside(list, wish)
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

interface FilteredList {
  readonly list: RecordListKey
  readonly wish: RecordWish
  readonly filter: RecordFilter
}

function filteredRecords(
  asked: RecordArguments,
  { list, wish, filter }: FilteredList,
  connections: FilteredConnections,
): ConnectionShape<LocatedRecord> {
  let part: Promise<FilteredSlice> | undefined
  const slice = () => {
    part ??= connections.slice(list, wish, filter)
    return part
  }
  return {
    asked,
    slice,
    count: () => connections.count(list, wish, filter),
    scan: async () => (await slice()).scan,
  }
}

/**
 * The part of a list with the most calls. The length of the list matters only for labels of one
 * agent's records.
 */
const COST = costOf(planRecords()({ last: 100 }, DEAREST).calls)

builder.queryField('remoteRecords', t =>
  t.field({
    type: RemoteRecordConnection,
    cost: COST,
    listSize: CONNECTION_SIZE,
    description: 'The service records of all agents (服务记录列表).',
    args: recordArguments(),
    extensions: {
      checkInput: parseRecordArguments,
      plan: planRecords(),
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
      checkInput: parseAgentRecordArguments,
      plan: planRecords({ isOfAgents: true }),
    } satisfies FieldExtensions,
    resolve: ({ servicerId }, args, context, info) => recordsOf(servicerId, args, context, info),
  }),
)
