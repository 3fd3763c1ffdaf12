import type { ServiceSummary as Summary } from '../loaders/service-summary.ts'
import type { SERVICE_CHANNELS, ServiceSummaryResource } from '../upstream/service-summary.ts'
import { IMPERSONAL } from './access/personal.ts'
import { parseUpstreamId } from './arguments/upstream-id.ts'
import { builder } from './builder.ts'
import { CustomField, customFieldsArguments, withKeys } from './custom-field.ts'
import type { FieldExtensions } from './plan/field-plan.ts'
import { callsOf, costOf } from './plan/field-plan.ts'

const ServiceSummaryState = builder.enumType('ServiceSummaryState', {
  description: 'Whether there is a service summary.',
  values: {
    FILLED: { description: 'It was filled in (upstream: status 200).' },
    NOT_FILLED: {
      description: 'Nobody filled it in yet (未填写服务总结; upstream: status 120002).',
    },
    NO_TEMPLATE: {
      description:
        'The service has no template for one (没有绑定服务总结模板; upstream: status 120001).',
    },
  } satisfies Record<ServiceSummaryResource['state'], object>,
})

export const ServiceChannel = builder.enumType('ServiceChannel', {
  description: 'The kind of service a summary is about (upstream: servicesummary_type).',
  values: {
    IM: { description: 'Instant messages (1, im).' },
    CALL_CENTER: { description: 'A telephone call (2, 呼叫中心).' },
    REMOTE_ASSISTANCE: { description: 'Remote assistance (3, 远程协助).' },
  } satisfies Record<(typeof SERVICE_CHANNELS)[number], object>,
})

export const ServiceSummary = builder.objectRef<Summary>('ServiceSummary').implement({
  cost: 0,
  requiresScopes: [['summary:read']],
  description:
    'What the agent wrote down after the service (服务总结). `state` says whether it was filled in, and if not, why.',
  fields: t => ({
    csId: t.exposeID('csId', {
      extensions: IMPERSONAL,
      nullable: false,
      description: 'The id of the service that it is of (服务记录id; upstream: csId).',
    }),
    channel: t.field({
      type: ServiceChannel,
      nullable: false,
      description: 'The kind of that service (upstream: servicesummary_type).',
      resolve: ({ channel }) => channel,
    }),
    state: t.field({
      type: ServiceSummaryState,
      nullable: false,
      description: 'Whether it was filled in (upstream: status).',
      resolve: ({ resource }) => resource.state,
    }),
    templateName: t.string({
      extensions: IMPERSONAL,
      description: 'The name of its template (模板名称; upstream: ticketTemplateName).',
      resolve: ({ resource }) => (resource.state === 'FILLED' ? resource.templateName : null),
    }),
    customFields: t.field({
      type: [CustomField],
      nullable: false,
      args: customFieldsArguments(),
      description:
        "What was filled in, in the template's order (服务总结模板自定义字段; upstream: custom_fields).",
      resolve: ({ resource }, { keys }) =>
        withKeys(resource.state === 'FILLED' ? resource.customFields : [], keys) as never,
    }),
  }),
})

/** Each summary is a call of its own. */
export const planSummary = () => callsOf('servicesummary', 1)

const DEFAULT_CHANNEL = 'REMOTE_ASSISTANCE'

builder.queryField('serviceSummary', t =>
  t.field({
    type: ServiceSummary,
    cost: costOf(planSummary().calls),
    description:
      'The service summary of one service (服务总结) by its csId. Null if the upstream knows no such service.',
    args: {
      csId: t.arg.id({ required: true, description: 'The id of the service (服务记录id).' }),
      channel: t.arg({
        type: ServiceChannel,
        defaultValue: DEFAULT_CHANNEL,
        description: 'The kind of service.',
      }),
    },
    extensions: {
      checkInput: ({ csId }: { csId: string }) => parseUpstreamId('csId', csId),
      usual: { csId: '1' },
      plan: planSummary,
    } satisfies FieldExtensions,
    resolve: (_, { csId, channel }, { loaders }) =>
      loaders.serviceSummaries.load({
        csId: parseUpstreamId('csId', csId),
        channel: channel ?? DEFAULT_CHANNEL,
      }),
  }),
)
