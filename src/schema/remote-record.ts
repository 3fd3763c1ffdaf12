import type { LocatedRecord } from '../loaders/remote-record.ts'
import { IMPERSONAL, maskMiddle, PERSONAL } from './access/personal.ts'
import { Agent } from './agent.ts'
import { formatGlobalId } from './arguments/global-id.ts'
import { builder } from './builder.ts'
import { isPartOfChat } from './chat-message.ts'
import { Client } from './client.ts'
import { CustomField, customFieldsArguments, withKeys } from './custom-field.ts'
import type { AtHand, FieldExtensions, PlanContext } from './plan/field-plan.ts'
import { ProblemType, problemTypeOf } from './problem-type.ts'
import { PaymentStatus, Rating, RemoteRecordStatus } from './remote-record-enums.ts'

/** A service record, and the list and place in which it was seen. */
export const RemoteRecord = builder.objectRef<LocatedRecord>('RemoteRecord')

RemoteRecord.implement({
  cost: 0,
  requiresScopes: [['record:read']],
  description: 'One remote-assistance session between an agent and a client (服务记录).',
  interfaces: [builder.nodeInterfaceRef()],
  fields: t => ({
    id: t.id({
      shareable: true,
      nullable: false,
      description:
        "The record's id across the whole graph. It carries the day on which the service began, as a hint where to look; an id with another day leads to the record too.",
      resolve: ({ resource: { csId, startedOn } }) =>
        formatGlobalId({
          typename: 'RemoteRecord',
          parts: startedOn === null ? [String(csId)] : [String(csId), startedOn],
        }),
    }),
    csId: t.id({
      extensions: IMPERSONAL,
      nullable: false,
      description: 'The id in Bangwo8, assigned in rising order (服务记录id; upstream: csId).',
      resolve: ({ resource }) => resource.csId,
    }),
    sessionId: t.string({
      extensions: IMPERSONAL,
      description: 'The id of the session (会话id; upstream: csIdS).',
      resolve: ({ resource }) => resource.sessionId,
    }),
  }),
})

builder.objectFields(RemoteRecord, t => ({
  startedAt: t.field({
    type: 'DateTime',
    description: 'When the service began (服务开始时间; upstream: csBTime).',
    resolve: ({ resource }) => resource.startedAt,
  }),
  endedAt: t.field({
    type: 'DateTime',
    description: 'When the service ended (服务结束时间; upstream: csETime).',
    resolve: ({ resource }) => resource.endedAt,
  }),
  durationSeconds: t.int({
    description: 'How long it took, in seconds (csBTime to csETime). Null while it is open.',
    resolve: ({ resource }) => resource.durationSeconds,
  }),
  status: t.field({
    type: RemoteRecordStatus,
    nullable: false,
    description: 'How far the service is (服务状态; upstream: csStat).',
    resolve: ({ resource }) => resource.status,
  }),
  hasRemoteControl: t.boolean({
    description:
      "Whether the agent controlled the client's machine (有无远程; upstream: Remote). Null if the upstream does not say.",
    resolve: ({ resource }) => resource.hasRemoteControl,
  }),
  hasFileTransfer: t.boolean({
    description:
      'Whether files were transferred (有无文件传输; upstream: TransferFile). Null if the upstream does not say.',
    resolve: ({ resource }) => resource.hasFileTransfer,
  }),
  transferredFileCount: t.int({
    description:
      'How many files were transferred (传输的文件个数; upstream: FileCount). Null if the upstream does not say.',
    resolve: ({ resource }) => resource.transferredFileCount,
  }),
}))

/** A chat that is read anyway gives the agent's name. */
const agentAtHand = (_: unknown, { beside }: PlanContext): AtHand =>
  isPartOfChat(beside) ? 'record and its chat' : 'record'

builder.objectFields(RemoteRecord, t => ({
  agent: t.field({
    type: Agent,
    description: 'Who handled it (处理客服; upstream: csServicerId). Null if nobody did.',
    extensions: { atHand: agentAtHand } satisfies FieldExtensions,
    resolve: record => {
      const { servicerId } = record.resource
      return servicerId === null ? null : { servicerId, record }
    },
  }),
  client: t.field({
    type: Client,
    requiresScopes: [['contact:read']],
    description: "The client's machine (帮我吧客户端; upstream: uniqueNumber).",
    resolve: ({ resource: { uniqueNumber } }) => (uniqueNumber === null ? null : { uniqueNumber }),
  }),
  companyName: t.string({
    tag: PERSONAL,
    requiresScopes: [['contact:read']],
    description: "The client's company (公司名称; upstream: companyName).",
    resolve: ({ resource }) => resource.companyName,
  }),
  contactName: t.string({
    tag: PERSONAL,
    requiresScopes: [['contact:read']],
    description: 'Whom to contact there (联系人; upstream: contactor).',
    resolve: ({ resource }) => resource.contactName,
  }),
  contactMethod: t.string({
    tag: PERSONAL,
    requiresScopes: [['contact:read']],
    description:
      'How to reach the contact, mostly a phone number (联系方式; upstream: contactMethod).',
    resolve: ({ resource }) => resource.contactMethod,
  }),
  contactMethodMasked: t.string({
    extensions: IMPERSONAL,
    description:
      'The same with its middle hidden, such as `132****8478`: enough to recognise it, too little to use it (upstream: contactMethod).',
    resolve: ({ resource: { contactMethod } }) => contactMethod && maskMiddle(contactMethod),
  }),
  computerNote: t.string({
    tag: PERSONAL,
    description: "A note on the client's machine (主机备注; upstream: ComputerName).",
    resolve: ({ resource }) => resource.computerNote,
  }),
}))

builder.objectFields(RemoteRecord, t => ({
  serviceCardId: t.id({
    extensions: IMPERSONAL,
    description: 'The service card that was used (服务卡id; upstream: csSId).',
    resolve: ({ resource }) => resource.serviceCardId,
  }),
  price: t.field({
    type: 'Decimal',
    description: 'The fee in CNY (服务费; upstream: csPrice).',
    resolve: ({ resource }) => resource.price,
  }),
  paymentStatus: t.field({
    type: PaymentStatus,
    nullable: false,
    description: 'Whether it was paid for (支付状态; upstream: payStat).',
    resolve: ({ resource }) => resource.paymentStatus,
  }),
  paidAt: t.field({
    type: 'DateTime',
    description: 'When it was paid for (支付时间; upstream: payDateTime).',
    resolve: ({ resource }) => resource.paidAt,
  }),
}))

builder.objectFields(RemoteRecord, t => ({
  problemType: t.field({
    type: ProblemType,
    description: 'The problem type of level 1 (一级问题类型; upstream: ptId).',
    resolve: record => problemTypeOf(record, 1),
  }),
  problemSubtype: t.field({
    type: ProblemType,
    description: 'The problem type of level 2 (二级问题类型; upstream: ptChildId).',
    resolve: record => problemTypeOf(record, 2),
  }),
  problemDetailType: t.field({
    type: ProblemType,
    description: 'The problem type of level 3 (三级问题类型; upstream: ptThird).',
    resolve: record => problemTypeOf(record, 3),
  }),
  description: t.string({
    tag: PERSONAL,
    description: 'The problem in words (问题描述; upstream: note).',
    resolve: ({ resource }) => resource.description,
  }),
  solution: t.string({
    tag: PERSONAL,
    description: 'How it was solved (解决办法; upstream: ProblemSolution).',
    resolve: ({ resource }) => resource.solution,
  }),
  isResolved: t.boolean({
    description: 'Whether the problem was solved (问题是否得以解决; upstream: isFinish).',
    resolve: ({ resource }) => resource.isResolved,
  }),
  rating: t.field({
    type: Rating,
    description: "The client's rating (评价; upstream: commentScore). Null: not rated (未评价).",
    resolve: ({ resource }) => resource.rating,
  }),
  ratingComment: t.string({
    tag: PERSONAL,
    description: 'What the client wrote with the rating (评价内容; upstream: comment).',
    resolve: ({ resource }) => resource.ratingComment,
  }),
  customFields: t.field({
    type: [CustomField],
    nullable: false,
    args: customFieldsArguments(),
    description:
      "The record's custom fields in the upstream's order (远程服务记录自定义字段; upstream: custom_fields).",
    resolve: ({ resource }, { keys }) => withKeys(resource.customFields, keys) as never,
  }),
}))
