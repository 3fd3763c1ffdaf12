import { BadUserInputError } from './arguments/bad-user-input.ts'
import { CONNECTION_SIZE } from './arguments/connection-arguments.ts'
import { REQUIRED_DAYS } from './arguments/date-range.ts'
import { builder } from './builder.ts'
import { Client, parseClientNumber } from './client.ts'
import type { FieldExtensions, FieldPlan, PlanContext } from './plan/field-plan.ts'
import { costOf, DEAREST } from './plan/field-plan.ts'
import type { RecordArguments } from './remote-record-arguments.ts'
import { parseRecordArguments, recordArguments } from './remote-record-arguments.ts'
import { RemoteRecordConnection, recordsOf } from './remote-record-connection.ts'
import { planRecords } from './remote-record-plan.ts'

/** The records of a client are the records of all clients under a filter. */
const withClient = (args: RecordArguments, uniqueNumber: string): RecordArguments => ({
  ...args,
  filter: { ...args.filter, clientNumbers: [uniqueNumber] },
})

/** Stands for any client, because the cost does not depend on which client it is. */
const ANY_CLIENT = '100000000'

function checkClientRecords(args: RecordArguments): void {
  if (args.filter?.clientNumbers != null) {
    throw new BadUserInputError('filter.clientNumbers is not taken here: these are of one client.')
  }
  parseRecordArguments(withClient(args, ANY_CLIENT))
}

/**
 * The cost does not depend on how many clients there are, because they share the records that are
 * read.
 */
function planClientRecords(args: RecordArguments, context: PlanContext): FieldPlan {
  const plan = planRecords()(withClient(args, ANY_CLIENT), context)
  const calls = plan.calls.map(each =>
    each.takesRest ? { ...each, atMostInAll: each.atMost } : each,
  )
  return { ...plan, calls }
}

const SOME_DAY = { from: '2026-01-01', to: '2026-01-01' }

builder.objectField(Client, 'remoteRecords', t =>
  t.field({
    type: RemoteRecordConnection,
    requiresScopes: [['contact:read']],
    cost: costOf(planClientRecords({ createdOn: SOME_DAY }, DEAREST).calls),
    listSize: CONNECTION_SIZE,
    description:
      'The service records of this client (客户端的服务记录). The upstream has no list of them: each record of the days is looked at, once for all clients of an operation.',
    args: {
      ...recordArguments(),
      createdOn: t.arg({ ...REQUIRED_DAYS, cost: 0 }),
    },
    extensions: {
      checkInput: checkClientRecords,
      usual: { createdOn: SOME_DAY },
      plan: planClientRecords,
    } satisfies FieldExtensions,
    resolve: ({ uniqueNumber }, args, context, info) =>
      recordsOf(undefined, withClient(args, uniqueNumber), context, info),
  }),
)

builder.queryField('client', t =>
  t.field({
    type: Client,
    authenticated: true,
    description:
      "A client's machine (客户端) by its number. The upstream does not say whether there is one: a client without records has an empty list.",
    args: {
      uniqueNumber: t.arg.id({
        required: true,
        description: 'The 9-digit id of the client (帮我吧客户端ID).',
      }),
    },
    extensions: {
      checkInput: ({ uniqueNumber }: { uniqueNumber: string }) => parseClientNumber(uniqueNumber),
    } satisfies FieldExtensions,
    resolve: (_, { uniqueNumber }) => ({ uniqueNumber: parseClientNumber(uniqueNumber) }),
  }),
)
