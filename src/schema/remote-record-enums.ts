import type {
  PaymentStatus as Payment,
  Rating as Rated,
  RemoteRecordStatus as Status,
} from '../upstream/remote-record-enums.ts'
import { builder } from './builder.ts'

const UNKNOWN = {
  description:
    'No value, or one that the upstream does not document. One that cannot be read is listed in `extensions.upstream.unreadable`.',
}

export const RemoteRecordStatus = builder.enumType('RemoteRecordStatus', {
  description: 'How far a service is (服务状态; upstream: csStat).',
  values: {
    INVALID: { description: 'Not valid (0, 无效).' },
    IN_SERVICE: { description: 'Being served (1, 服务中).' },
    WAITING: { description: 'Waiting (2, 服务等待中).' },
    EXTENDED: { description: 'Extended (3, 服务延长中).' },
    ON_HOLD: { description: 'Kept on hold (4, 服务保留中).' },
    COMPLETED: { description: 'Completed (5, 服务完成).' },
    UNKNOWN,
  } satisfies Record<Status, object>,
})

export const PaymentStatus = builder.enumType('PaymentStatus', {
  description: 'Whether the service was paid for (支付状态; upstream: payStat).',
  values: {
    UNPAID: { description: 'Not paid (0, 没支付).' },
    PAID: { description: 'Paid (1, 支付成功).' },
    FAILED: { description: 'The payment failed (2, 支付失败).' },
    PAGE_OPENED: { description: 'The payment page was just opened (3, 刚打开支付页面更新记录).' },
    DEDUCTED: { description: 'Paid by online deduction (4, 在线扣费成功).' },
    UNKNOWN,
  } satisfies Record<Payment, object>,
})

export const Rating = builder.enumType('Rating', {
  description:
    "The client's rating (评价; upstream: commentScore). Null if there is none (0, 未评价).",
  values: {
    GOOD: { description: 'Good (5, 好评).' },
    NEUTRAL: { description: 'Neutral (3, 中评).' },
    BAD: { description: 'Bad (1, 差评).' },
    UNKNOWN: {
      description:
        'A value that the upstream does not document. One that cannot be read is listed in `extensions.upstream.unreadable`.',
    },
  } satisfies Record<Rated, object>,
})

export const RecordOrder = builder.enumType('RecordOrder', {
  description: 'In which order records come: by csId, which rises with time.',
  values: {
    NEWEST_FIRST: { description: 'Falling csId.', value: -1 },
    OLDEST_FIRST: { description: 'Rising csId.', value: 1 },
  } as const,
})
