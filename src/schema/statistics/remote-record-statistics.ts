import type { GraphQLResolveInfo } from 'graphql'
import { subfieldNames } from '../../execution/selection.ts'
import type { RecordSample } from '../../loaders/record-sample.ts'
import { groupRows, noFigures } from '../../questions/group.ts'
import { RecordColumns } from '../../questions/record-columns.ts'
import type { DayRange } from '../../upstream/remote-record.ts'
import { PERSONAL } from '../access/personal.ts'
import { REQUIRED_DAYS } from '../arguments/date-range.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import type { FieldExtensions } from '../plan/field-plan.ts'
import { costOf, DEAREST } from '../plan/field-plan.ts'
import { assertMayFilter, RemoteRecordFilter } from '../remote-record-filter.ts'
import {
  groupByAgent,
  groupByDay,
  groupByHour,
  groupByProblemType,
  groupByValue,
} from './group-keys.ts'
import { type FiguresShape, noRecords, RecordFigures } from './record-figures.ts'
import {
  AgentStatistics,
  CompanyStatistics,
  DayStatistics,
  HourStatistics,
  PaymentStatusStatistics,
  ProblemTypeStatistics,
  RatingStatistics,
  StatusStatistics,
} from './statistics-groups.ts'
import {
  DEFAULT_COMPANIES,
  EXPECTED_AGENTS,
  MAX_COMPANIES,
  parseFirst,
  parseLevel,
  parseStatisticsArguments,
  planGroups,
  planOptions,
  planStatistics,
  SAID_BY_THE_LIST,
  type StatisticsArguments,
} from './statistics-plan.ts'

/** All records that are counted, as the columns from which groups are made. */
interface StatisticsShape extends FiguresShape {
  readonly columns: RecordColumns<RecordSample>
  readonly createdOn: DayRange
  readonly asOfMs: number
}

const CHINA_MS = 8 * 60 * 60 * 1000
const inChina = (ms: number) => `${new Date(ms + CHINA_MS).toISOString().slice(0, 19)}+08:00`

const RemoteRecordStatistics = builder
  .objectRef<StatisticsShape>('RemoteRecordStatistics')
  .implement({
    cost: 0,
    requiresScopes: [['record:read']],
    description:
      'What the service records of some days add up to (服务记录统计). All groups of an operation that are of the same days share one reading of their records.',
    interfaces: [RecordFigures],
    fields: t => ({
      asOf: t.field({
        type: 'DateTime',
        nullable: false,
        description:
          'When the reading began: nothing that was read is older. Records may change later, even those of past days. What was counted of days before today is kept for hours, as long as the upstream has as many records of them: an edit of an old record shows once that time is over.',
        resolve: ({ asOfMs }) => inChina(asOfMs),
      }),
    }),
  })

builder.objectFields(RemoteRecordStatistics, t => ({
  byDay: t.field({
    type: [DayStatistics],
    nullable: false,
    description:
      'By the day on which services began (按日): each day of the range, also one without records, and later days on which services of its records began. Those without a beginning are in none.',
    resolve: ({ columns, createdOn }) => groupByDay(columns, createdOn),
  }),
  byHour: t.field({
    type: [HourStatistics],
    nullable: false,
    description: 'By the hour of the day in which services began (按小时): all 24.',
    resolve: ({ columns }) => groupByHour(columns),
  }),
}))

builder.objectFields(RemoteRecordStatistics, t => ({
  byAgent: t.field({
    type: [AgentStatistics],
    nullable: false,
    description: 'By who handled them (按客服), most records first.',
    extensions: { plan: () => planGroups(EXPECTED_AGENTS) } satisfies FieldExtensions,
    resolve: ({ columns }) => groupByAgent(columns),
  }),
  byStatus: t.field({
    type: [StatusStatistics],
    nullable: false,
    description: 'By how far they are (按服务状态), most records first.',
    resolve: ({ columns }) => groupByValue(columns, columns.arrays.status, columns.values.statuses),
  }),
  byRating: t.field({
    type: [RatingStatistics],
    nullable: false,
    description: "By the client's rating (按评价), most records first.",
    resolve: ({ columns }) => groupByValue(columns, columns.arrays.rating, columns.values.ratings),
  }),
  byPaymentStatus: t.field({
    type: [PaymentStatusStatistics],
    nullable: false,
    description: 'By whether they were paid for (按支付状态), most records first.',
    resolve: ({ columns }) =>
      groupByValue(columns, columns.arrays.paymentStatus, columns.values.paymentStatuses),
  }),
  byProblemType: t.field({
    type: [ProblemTypeStatistics],
    cost: costOf(planOptions(undefined, DEAREST).calls),
    nullable: false,
    description: 'By the option of a problem-type menu (按问题类型), most records first.',
    args: {
      level: t.arg.int({
        defaultValue: 1,
        description: 'The level of the menu: 1 (一级), 2 (二级) or 3 (三级问题类型).',
      }),
    },
    extensions: { checkInput: parseLevel, plan: planOptions } satisfies FieldExtensions,
    resolve: ({ columns }, args) => groupByProblemType(columns, parseLevel(args)),
  }),
  byCompany: t.field({
    type: [CompanyStatistics],
    tag: PERSONAL,
    requiresScopes: [['contact:read']],
    description: "By the client's company (按公司), most records first.",
    args: {
      first: t.arg.int({
        defaultValue: DEFAULT_COMPANIES,
        description: `How many companies: 1 to ${MAX_COMPANIES}.`,
      }),
    },
    extensions: {
      checkInput: parseFirst,
      plan: (args: { first?: number | null }) => planGroups(parseFirst(args)),
    } satisfies FieldExtensions,
    resolve: async ({ columns }, args) =>
      (await groupByValue(columns, columns.arrays.company, columns.values.companies)).slice(
        0,
        parseFirst(args),
      ),
  }),
}))

async function statisticsOf(
  args: StatisticsArguments,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<StatisticsShape> {
  const { createdOn, servicerId, filter } = parseStatisticsArguments(args)
  assertMayFilter(context, filter, info)
  const { recordConnections, recordStatistics } = context.loaders
  const list = { servicerId, createdOn }
  const names = subfieldNames(info.fieldNodes, info)
  if (filter === undefined && names.isSubsetOf(SAID_BY_THE_LIST)) {
    const count = names.has('count') ? await recordConnections.count(list) : 0
    const asOfMs = context.loaders.oldestReadMs()
    const columns = new RecordColumns<RecordSample>()
    return { ...noRecords({ ...noFigures(), count }), columns, createdOn, asOfMs }
  }
  const { columns, asOfMs } = await recordStatistics.load({ list, filter })
  const [all = noRecords(noFigures())] = await groupRows(columns, new Uint8Array(columns.length))
  return { ...all, columns, createdOn, asOfMs }
}

const ONE_DAY = { createdOn: { from: '2026-01-01', to: '2026-01-01' } }

builder.queryField('remoteRecordStatistics', t =>
  t.field({
    type: RemoteRecordStatistics,
    cost: costOf(planStatistics(ONE_DAY, DEAREST).calls),
    description:
      'What the service records of some days add up to (服务记录统计). `count` alone, without a filter that is read, costs one upstream call. For all else each record of the days is read, a hundred in a call: what takes more calls than the operation has fails with UPSTREAM_CALL_LIMIT after one call, and says the price. Days before today that were counted not long ago take no call, or one that asks how many records they have; `asOf` says how old the figures are.',
    args: {
      createdOn: t.arg(REQUIRED_DAYS),
      filter: t.arg({
        type: RemoteRecordFilter,
        description: 'Only records that meet it.',
      }),
    },
    extensions: {
      checkInput: parseStatisticsArguments,
      usual: ONE_DAY,
      plan: planStatistics,
    } satisfies FieldExtensions,
    resolve: (_, args, context, info) => statisticsOf(args, context, info),
  }),
)
