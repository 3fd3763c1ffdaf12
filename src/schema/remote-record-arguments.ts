import { parseRecordCursor } from '../history/cursor.ts'
import type { RecordWish } from '../loaders/remote-record-connection.ts'
import { BadUserInputError } from './arguments/bad-user-input.ts'
import type { ConnectionArguments } from './arguments/connection-arguments.ts'
import { connectionArguments, parseSliceWish } from './arguments/connection-arguments.ts'
import type { DateRangeShape } from './arguments/date-range.ts'
import { DateRange, parseDayRange } from './arguments/date-range.ts'
import { parseRecordFilter } from './arguments/parse-record-filter.ts'
import { builder } from './builder.ts'
import { RecordOrder } from './remote-record-enums.ts'
import { RemoteRecordFilter, type RemoteRecordFilterShape } from './remote-record-filter.ts'

export interface RecordArguments extends ConnectionArguments {
  createdOn?: DateRangeShape | null | undefined
  order?: RecordWish['order'] | null | undefined
  filter?: RemoteRecordFilterShape | null | undefined
}

export const NEWEST_FIRST = -1

export function parseRecordArguments(args: RecordArguments) {
  const createdOn = parseDayRange('createdOn', args.createdOn)
  const wish = { ...parseSliceWish(args, parseRecordCursor), order: args.order ?? NEWEST_FIRST }
  return { wish, createdOn, ...parseRecordFilter(args.filter, createdOn) }
}

/** A list of one agent takes no filter by agents. */
export function parseAgentRecordArguments(args: RecordArguments) {
  if (args.filter?.agentIds != null) {
    throw new BadUserInputError('filter.agentIds is not taken here: these are of one agent.')
  }
  return parseRecordArguments(args)
}

export const recordArguments = () =>
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
    filter: t.field({
      type: RemoteRecordFilter,
      description:
        'Only records that meet it. A page under a filter that is read looks at one record after another until it has as many as are wanted, or the calls of the operation are used up: `scan` says how far it came, and `pageInfo.endCursor` goes on from there.',
    }),
  }))
