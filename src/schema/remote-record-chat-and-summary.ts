import { PERSONAL } from './access/personal.ts'
import { CONNECTION_SIZE, connectionArguments } from './arguments/connection-arguments.ts'
import { DateRange } from './arguments/date-range.ts'
import { builder } from './builder.ts'
import { ChatMessageConnection, chatOf, parseChatArguments, planChat } from './chat-message.ts'
import { costOf, DEAREST, type FieldExtensions } from './plan/field-plan.ts'
import { RemoteRecord } from './remote-record.ts'
import { planSummary, ServiceSummary } from './service-summary.ts'

builder.objectFields(RemoteRecord, t => ({
  hasChat: t.boolean({
    description:
      'Whether the two wrote to each other (有无文字聊天; upstream: ChatRecord). Null if the upstream does not say.',
    resolve: ({ resource }) => resource.hasChat,
  }),
  chatUrl: t.field({
    type: 'URL',
    tag: PERSONAL,
    requiresScopes: [['chat:read']],
    description: "The upstream's own address of the chat (聊天记录的资源url; upstream: contents).",
    resolve: ({ resource }) => resource.chatUrl,
  }),
  chatMessages: t.field({
    type: ChatMessageConnection,
    cost: costOf(planChat({ last: 1 }, DEAREST).calls),
    listSize: CONNECTION_SIZE,
    description:
      'The chat (聊天记录), oldest message first. Free of calls if hasChat says that there was none.',
    args: {
      ...connectionArguments(),
      sentOn: t.arg({
        type: DateRange,
        cost: 0,
        description: 'Only messages sent on these days.',
      }),
    },
    extensions: { checkInput: parseChatArguments, plan: planChat } satisfies FieldExtensions,
    resolve: chatOf,
  }),
  serviceSummary: t.field({
    type: ServiceSummary,
    cost: costOf(planSummary().calls),
    description: 'What the agent wrote down after the service (服务总结).',
    extensions: { plan: planSummary } satisfies FieldExtensions,
    resolve: ({ resource: { csId } }, _, { loaders }) =>
      loaders.serviceSummaries.load({ csId, channel: 'REMOTE_ASSISTANCE' }),
  }),
}))
