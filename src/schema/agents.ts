import { Agent } from './agent.ts'
import { REQUIRED_DAYS } from './arguments/date-range.ts'
import { builder } from './builder.ts'
import type { FieldExtensions, FieldPlan, PlanContext } from './plan/field-plan.ts'
import { costOf, DEAREST } from './plan/field-plan.ts'
import { groupByAgent } from './statistics/group-keys.ts'
import {
  EXPECTED_AGENTS,
  parseStatisticsArguments,
  planReading,
  type StatisticsArguments,
} from './statistics/statistics-plan.ts'

function planAgents(args: Pick<StatisticsArguments, 'createdOn'>, context: PlanContext): FieldPlan {
  return { ...planReading(parseStatisticsArguments(args), context), objects: EXPECTED_AGENTS }
}

const SOME_DAY = { from: '2026-01-01', to: '2026-01-01' }

builder.queryField('agents', t =>
  t.field({
    type: [Agent],
    requiresScopes: [['record:read']],
    cost: costOf(planAgents({ createdOn: SOME_DAY }, DEAREST).calls),
    listSize: { assumedSize: EXPECTED_AGENTS },
    description:
      'The agents (客服) who handled records of some days, most records first. The upstream has no list of agents: each record of the days is read, once for this and for statistics of the same days.',
    args: {
      createdOn: t.arg(REQUIRED_DAYS),
    },
    extensions: {
      checkInput: parseStatisticsArguments,
      usual: { createdOn: SOME_DAY },
      plan: planAgents,
      atHand: () => 'record',
    } satisfies FieldExtensions,
    async resolve(_, args, { loaders }) {
      const { createdOn } = parseStatisticsArguments(args)
      const list = { servicerId: undefined, createdOn }
      const { columns } = await loaders.recordStatistics.load({ list, filter: undefined })
      const groups = await groupByAgent(columns)
      return groups.flatMap(({ key }) => key ?? [])
    },
  }),
)
