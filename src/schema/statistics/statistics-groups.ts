import type { AgentKey } from '../../loaders/agent.ts'
import type { ProblemTypeKey } from '../../loaders/problem-type.ts'
import type {
  PaymentStatus as Payment,
  Rating as Rated,
  RemoteRecordStatus as Status,
} from '../../upstream/remote-record-enums.ts'
import { PERSONAL } from '../access/personal.ts'
import { Agent } from '../agent.ts'
import { builder } from '../builder.ts'
import type { FieldExtensions } from '../plan/field-plan.ts'
import { ProblemType } from '../problem-type.ts'
import { PaymentStatus, Rating, RemoteRecordStatus } from '../remote-record-enums.ts'
import { type FiguresShape, RecordFigures } from './record-figures.ts'

/** Records of a group, and what they have in common. */
export interface GroupShape<Key> extends FiguresShape {
  readonly key: Key
}

export const DayStatistics = builder.objectRef<GroupShape<string>>('DayStatistics').implement({
  cost: 0,
  description: 'The services that began on a day (按日统计).',
  interfaces: [RecordFigures],
  fields: t => ({
    day: t.field({
      type: 'Date',
      nullable: false,
      description: 'The day in China (upstream: csBTime).',
      resolve: ({ key }) => key,
    }),
  }),
})

export const HourStatistics = builder.objectRef<GroupShape<number>>('HourStatistics').implement({
  cost: 0,
  description: 'The services that began in an hour of the day (按小时统计).',
  interfaces: [RecordFigures],
  fields: t => ({
    hour: t.int({
      nullable: false,
      description: 'The hour in China, from 0 to 23 (upstream: csBTime).',
      resolve: ({ key }) => key,
    }),
  }),
})

export const AgentStatistics = builder
  .objectRef<GroupShape<AgentKey | null>>('AgentStatistics')
  .implement({
    cost: 0,
    description: 'The records of an agent (按客服统计).',
    interfaces: [RecordFigures],
    fields: t => ({
      agent: t.field({
        type: Agent,
        description: 'Who handled them (处理客服; upstream: csServicerId). Null: nobody did.',
        extensions: { atHand: () => 'record' } satisfies FieldExtensions,
        resolve: ({ key }) => key,
      }),
    }),
  })

export const StatusStatistics = builder
  .objectRef<GroupShape<Status>>('StatusStatistics')
  .implement({
    cost: 0,
    description: 'The records of a status (按服务状态统计).',
    interfaces: [RecordFigures],
    fields: t => ({
      status: t.field({
        type: RemoteRecordStatus,
        nullable: false,
        description: 'How far they are (服务状态; upstream: csStat).',
        resolve: ({ key }) => key,
      }),
    }),
  })

export const RatingStatistics = builder
  .objectRef<GroupShape<Rated | null>>('RatingStatistics')
  .implement({
    cost: 0,
    description: 'The records of a rating (按评价统计).',
    interfaces: [RecordFigures],
    fields: t => ({
      rating: t.field({
        type: Rating,
        description:
          "The client's rating (评价; upstream: commentScore). Null: not rated (未评价).",
        resolve: ({ key }) => key,
      }),
    }),
  })

export const PaymentStatusStatistics = builder
  .objectRef<GroupShape<Payment>>('PaymentStatusStatistics')
  .implement({
    cost: 0,
    description: 'The records of a payment status (按支付状态统计).',
    interfaces: [RecordFigures],
    fields: t => ({
      paymentStatus: t.field({
        type: PaymentStatus,
        nullable: false,
        description: 'Whether they were paid for (支付状态; upstream: payStat).',
        resolve: ({ key }) => key,
      }),
    }),
  })

export const ProblemTypeStatistics = builder
  .objectRef<GroupShape<ProblemTypeKey | null>>('ProblemTypeStatistics')
  .implement({
    cost: 0,
    description: 'The records of an option of a problem-type menu (按问题类型统计).',
    interfaces: [RecordFigures],
    fields: t => ({
      problemType: t.field({
        type: ProblemType,
        description:
          'The option (问题类型; upstream: ptId, ptChildId or ptThird). Null: none was chosen.',
        resolve: ({ key }) => key,
      }),
    }),
  })

export const CompanyStatistics = builder
  .objectRef<GroupShape<string | null>>('CompanyStatistics')
  .implement({
    cost: 0,
    description: 'The records of a company (按公司统计).',
    interfaces: [RecordFigures],
    fields: t => ({
      companyName: t.string({
        tag: PERSONAL,
        description: "The client's company (公司名称; upstream: companyName). Null: none is said.",
        resolve: ({ key }) => key,
      }),
    }),
  })
