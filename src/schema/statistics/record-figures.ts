import type { Figures, Group } from '../../questions/group.ts'
import { fromFen, totalFen } from '../../questions/money.ts'
import { percentile } from '../../questions/percentile.ts'
import { BadUserInputError } from '../arguments/bad-user-input.ts'
import { builder } from '../builder.ts'
import type { FieldExtensions } from '../plan/field-plan.ts'

/** Records that are counted together. */
export type FiguresShape = Pick<Group, 'figures' | 'durations'>

/** A group without records. */
export const noRecords = (figures: Readonly<Figures>): FiguresShape => ({
  figures,
  durations: () => Promise.resolve(new Int32Array()),
})

function assertPercentage({ p }: { p: number }): void {
  if (p < 0 || p > 100) throw new BadUserInputError(`p must be from 0 to 100.`)
}

/** A figure of durations. Null if there are no durations. */
const ifAny = (figures: Readonly<Figures>, value: number): number | null =>
  figures.durationCount === 0 ? null : value

const DurationStatistics = builder.objectRef<FiguresShape>('DurationStatistics').implement({
  cost: 0,
  description:
    'How long services took, in seconds (csBTime to csETime): of those that have ended, and whose times can be read.',
  fields: t => ({
    count: t.int({
      nullable: false,
      description: 'How many have a duration.',
      resolve: ({ figures }) => figures.durationCount,
    }),
    sum: t.float({
      nullable: false,
      description: 'All of them together: whole seconds, which may be more than an Int holds.',
      resolve: ({ figures }) => figures.durationSum,
    }),
    min: t.int({
      description: 'The shortest. Null if there is none.',
      resolve: ({ figures }) => ifAny(figures, figures.durationMin),
    }),
    max: t.int({
      description: 'The longest. Null if there is none.',
      resolve: ({ figures }) => ifAny(figures, figures.durationMax),
    }),
    mean: t.float({
      description: 'The arithmetic mean. Null if there is none.',
      resolve: ({ figures }) => ifAny(figures, figures.durationSum / figures.durationCount),
    }),
    percentile: t.int({
      description:
        'The shortest duration that at least p per cent of them do not exceed (nearest rank), such as the median for 50. Exact. Null if there is none.',
      args: {
        p: t.arg.float({ required: true, description: 'The percentage: from 0 to 100.' }),
      },
      extensions: { checkInput: assertPercentage } satisfies FieldExtensions,
      resolve: async (group, { p }) => percentile(await group.durations(), p) ?? null,
    }),
  }),
})

/** The fields that all groups of records have. */
export const RecordFigures = builder.interfaceRef<FiguresShape>('RecordFigures').implement({
  description: 'What a set of service records adds up to (服务记录统计).',
  fields: t => ({
    count: t.int({
      nullable: false,
      description: 'How many records there are (服务数).',
      resolve: ({ figures }) => figures.count,
    }),
    resolvedCount: t.int({
      nullable: false,
      description: 'Of how many the problem was solved (问题得以解决; upstream: isFinish is 1).',
      resolve: ({ figures }) => figures.resolvedCount,
    }),
    ratedCount: t.int({
      nullable: false,
      description: 'How many were rated (已评价; upstream: commentScore is not 0).',
      resolve: ({ figures }) => figures.ratedCount,
    }),
    chatCount: t.int({
      nullable: false,
      description:
        'In how many the two wrote to each other (有文字聊天; upstream: ChatRecord is 1).',
      resolve: ({ figures }) => figures.chatCount,
    }),
    price: t.field({
      type: 'Decimal',
      nullable: false,
      description:
        'The fees of all in CNY (服务费; upstream: csPrice), added up in whole fen. Parts of a fen are rounded for each record.',
      resolve: ({ figures }) => fromFen(totalFen(figures.fen)),
    }),
    paidPrice: t.field({
      type: 'Decimal',
      nullable: false,
      description:
        'The fees of those that are PAID or DEDUCTED (支付成功, 在线扣费成功; upstream: payStat is 1 or 4).',
      resolve: ({ figures }) => fromFen(totalFen(figures.paidFen)),
    }),
    duration: t.field({
      type: DurationStatistics,
      nullable: false,
      description: 'How long they took.',
      resolve: group => group,
    }),
  }),
})
