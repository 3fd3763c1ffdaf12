import type { ProblemTypeLevel } from '../history/labels/label-evidence.ts'
import type { ProblemTypeKey } from '../loaders/problem-type.ts'
import { toProblemTypeLevel } from '../loaders/problem-type.ts'
import type { LocatedRecord } from '../loaders/remote-record.ts'
import { IMPERSONAL } from './access/personal.ts'
import { BadUserInputError } from './arguments/bad-user-input.ts'
import { parseUpstreamId } from './arguments/upstream-id.ts'
import { builder } from './builder.ts'
import type { FieldExtensions } from './plan/field-plan.ts'

export const ProblemType = builder.objectRef<ProblemTypeKey>('ProblemType').implement({
  cost: 0,
  description:
    'One option of the problem-type menus (问题类型). Its id is only known to be unique within its level.',
  fields: t => ({
    level: t.exposeInt('level', {
      nullable: false,
      description: 'The level of the menu: 1 (一级), 2 (二级) or 3 (三级问题类型).',
    }),
    optionId: t.exposeID('optionId', {
      extensions: IMPERSONAL,
      nullable: false,
      description:
        "The option's id (选项ID; upstream: ptId, ptChildId, ptThird of the first list).",
    }),
    label: t.string({
      extensions: {
        ...IMPERSONAL,
        plannedBy: { list: 'remoteRecords', path: ['nodes', 'problemType', 'label'] },
      } satisfies FieldExtensions,
      requiresScopes: [['record:read']],
      description:
        "The option's text (选项内容; upstream: the same fields of the second list). Looked up only when it is asked for and not known. Null if it is empty, or if no record at all has the option; LOOKUP_INCONCLUSIVE if none of the newest thousand has it, or if its records changed while they were read.",
      resolve: (option, _, { loaders }) => loaders.labels.label(option),
    }),
  }),
})

builder.asEntity(ProblemType, {
  key: builder.selection<{ level: number; optionId: string }>('level optionId'),
  resolveReference: async ({ level, optionId }) => {
    const known = toProblemTypeLevel(level)
    if (known === undefined) throw new BadUserInputError('level must be 1, 2 or 3.')
    return { level: known, optionId: parseUpstreamId('optionId', optionId) }
  },
})

/** The option of a record at a level. Null if the record has none. */
export function problemTypeOf(record: LocatedRecord, level: ProblemTypeLevel) {
  const optionId = record.resource.problemTypeId(level)
  return optionId == null ? null : { level, optionId, record }
}
