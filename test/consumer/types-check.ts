// Compiled and never run: what the generated types must let pass, and what they must not.
import { type DateRange, PaymentStatus, type ServiceFragment } from './generated/graphql.ts'
import { parseDay, sumOf } from './src/scalars.ts'

declare const service: ServiceFragment

export const status: PaymentStatus = service.paymentStatus
export const paid: PaymentStatus = PaymentStatus.Paid
// @ts-expect-error An enum has its own values only.
export const unheardOf: PaymentStatus = 'SETTLED'

export const total = sumOf(service.price === null ? [] : [service.price])
// @ts-expect-error A price may be null.
export const ofNull = sumOf([service.price])
// @ts-expect-error An amount is not any text.
export const ofText = sumOf(['12.50'])

export const days: DateRange = { from: parseDay('2026-11-16') }
// @ts-expect-error A day is not any text.
export const unchecked: DateRange = { from: '16 November' }

// @ts-expect-error A field that calls the upstream may be null.
export const state = service.serviceSummary.state
