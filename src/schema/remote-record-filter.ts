import type { GraphQLResolveInfo } from 'graphql'
import type { RecordFilter } from '../questions/record-filter.ts'
import type {
  PaymentStatus as Payment,
  Rating as Rated,
  RemoteRecordStatus as Status,
} from '../upstream/remote-record-enums.ts'
import { PERSONAL } from './access/personal.ts'
import { assertMayRead, sentenceOn } from './access/scopes.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { PaymentStatus, Rating, RemoteRecordStatus } from './remote-record-enums.ts'

/** An argument that is left out, or null. */
type Given<Value> = Value | null | undefined

export interface RangeShape<Value> {
  min?: Given<Value>
  max?: Given<Value>
}

export interface ProblemTypeKeyShape {
  level: number
  optionId: string
}

export interface CustomFieldMatchShape {
  key: string
  equals?: Given<string>
  contains?: Given<string>
}

export interface RemoteRecordFilterShape {
  agentIds?: Given<string[]>
  statuses?: Given<Status[]>
  paymentStatuses?: Given<Payment[]>
  ratings?: Given<Rated[]>
  isRated?: Given<boolean>
  isResolved?: Given<boolean>
  hasChat?: Given<boolean>
  hasRemoteControl?: Given<boolean>
  clientNumbers?: Given<string[]>
  companyNames?: Given<string[]>
  problemTypes?: Given<ProblemTypeKeyShape[]>
  durationSeconds?: Given<RangeShape<number>>
  price?: Given<RangeShape<string>>
  textContains?: Given<string>
  customField?: Given<CustomFieldMatchShape>
}

const READ = 'Read: each record of the days is looked at.'
const BOTH_ENDS = 'Both ends are included. One that is left out has no bound.'

const IntRange = builder.inputRef<RangeShape<number>>('IntRange').implement({
  description: `Whole numbers from \`min\` to \`max\`. ${BOTH_ENDS}`,
  fields: t => ({
    min: t.int({ description: 'The least.' }),
    max: t.int({ description: 'The greatest.' }),
  }),
})

const DecimalRange = builder.inputRef<RangeShape<string>>('DecimalRange').implement({
  description: `Exact amounts from \`min\` to \`max\`. ${BOTH_ENDS}`,
  fields: t => ({
    min: t.field({ type: 'Decimal', description: 'The least.' }),
    max: t.field({ type: 'Decimal', description: 'The greatest.' }),
  }),
})

const ProblemTypeKey = builder.inputRef<ProblemTypeKeyShape>('ProblemTypeKey').implement({
  description: 'An option of the problem-type menus (问题类型): its id alone is not unique.',
  fields: t => ({
    level: t.int({
      required: true,
      description: 'The level of the menu: 1 (一级), 2 (二级) or 3 (三级问题类型).',
    }),
    optionId: t.id({ required: true, description: "The option's id (选项ID)." }),
  }),
})

const CustomFieldMatch = builder.inputRef<CustomFieldMatchShape>('CustomFieldMatch').implement({
  description: 'A custom field (自定义字段) with a value. Say `equals` or `contains`.',
  fields: t => ({
    key: t.string({ required: true, description: "The field's identifier (upstream: key)." }),
    equals: t.string({ description: 'The whole value, as it is spelt (upstream: value).' }),
    contains: t.string({ description: 'A part of the value, in upper or lower case.' }),
  }),
})

export const RemoteRecordFilter = builder
  .inputRef<RemoteRecordFilterShape>('RemoteRecordFilter')
  .implement({
    description:
      'Which records are wanted: those that meet every condition given. A list is met by any of its values, and must not be empty. The upstream can filter by days and by one agent only: a condition is either *asked* of the upstream, or *read*, which means that each record of the days is looked at. One that is read wants `createdOn` with both ends, at most 366 days. A value that a record does not have meets no condition.',
    fields: t => ({
      agentIds: t.idList({
        description:
          "Handled by any of these agents (处理客服id; upstream: csServicerId). One agent alone is asked for: the agent's own list is read. Several are read. Not on an agent's own records.",
      }),
      statuses: t.field({
        type: [RemoteRecordStatus],
        description: `Any of these (服务状态; upstream: csStat). ${READ}`,
      }),
      paymentStatuses: t.field({
        type: [PaymentStatus],
        description: `Any of these (支付状态; upstream: payStat). ${READ}`,
      }),
      ratings: t.field({
        type: [Rating],
        description: `Any of these (评价; upstream: commentScore). ${READ}`,
      }),
      isRated: t.boolean({
        description: `Whether the client rated it (评价; upstream: commentScore, 0 is 未评价). ${READ}`,
      }),
      isResolved: t.boolean({
        description: `Whether the problem was solved (问题是否得以解决; upstream: isFinish). \`false\` means that it was not, and leaves out those of which the upstream does not say. ${READ}`,
      }),
      hasChat: t.boolean({
        description: `Whether the two wrote to each other (有无文字聊天; upstream: ChatRecord). ${READ}`,
      }),
      hasRemoteControl: t.boolean({
        description: `Whether the agent controlled the client's machine (有无远程; upstream: Remote). ${READ}`,
      }),
      clientNumbers: t.idList({
        description: `Any of these clients (帮我吧客户端ID; upstream: uniqueNumber). ${READ} ${sentenceOn(['contact:read'])}`,
      }),
      companyNames: t.stringList({
        tag: PERSONAL,
        description: `Any of these companies, spelt as they are (公司名称; upstream: companyName). ${READ} ${sentenceOn(['contact:read'])}`,
      }),
      problemTypes: t.field({
        type: [ProblemTypeKey],
        description: `Any of these options (问题类型; upstream: ptId, ptChildId, ptThird). ${READ}`,
      }),
      durationSeconds: t.field({
        type: IntRange,
        description: `How long it took, in seconds (upstream: csBTime to csETime). One that is still open has no duration. ${READ}`,
      }),
      price: t.field({
        type: DecimalRange,
        description: `The fee in CNY (服务费; upstream: csPrice). ${READ}`,
      }),
      textContains: t.string({
        tag: PERSONAL,
        description: `Contained in the description, the solution or the rating's comment (问题描述, 解决办法, 评价内容; upstream: note, ProblemSolution, comment), in upper or lower case. It is no pattern: each character stands for itself, and full-width forms differ from half-width ones. ${READ}`,
      }),
      customField: t.field({
        type: CustomFieldMatch,
        tag: PERSONAL,
        description: `A custom field with a value (自定义字段; upstream: custom_fields). ${READ}`,
      }),
    }),
  })

/**
 * Throws a GraphQLError with code FORBIDDEN, because a filter would reveal what the fields do not
 * show. If the caller may read contacts, the audit log notes it as a read of contacts.
 */
export function assertMayFilter(
  context: Pick<Context, 'permissions' | 'reads'>,
  filter: Pick<RecordFilter, 'companyNames' | 'clientNumbers'> | undefined,
  info: GraphQLResolveInfo,
): void {
  if (!filter?.companyNames && !filter?.clientNumbers) return
  assertMayRead(context, 'contact:read')
  context.reads?.note(undefined, ['contact:read'], info)
}
