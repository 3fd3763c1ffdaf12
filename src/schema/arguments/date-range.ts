import type { DayRange } from '../../upstream/remote-record.ts'
import { builder } from '../builder.ts'
import { BadUserInputError } from './bad-user-input.ts'

export interface DateRangeShape {
  from?: string | null | undefined
  to?: string | null | undefined
}

export const DateRange = builder.inputRef<DateRangeShape>('DateRange').implement({
  description: 'Days from `from` to `to`, both inclusive. One that is left out has no bound.',
  fields: t => ({
    from: t.field({ type: 'Date', description: 'The first day (开始时间).' }),
    to: t.field({ type: 'Date', description: 'The last day (结束时间).' }),
  }),
})

/** The argument of fields that look at each record of the days. */
export const REQUIRED_DAYS = {
  type: DateRange,
  required: true,
  description:
    'The days on which the records were created (创建时间; upstream: starttime, endtime): both ends, at most 366 days.',
} as const

/** Undefined if the range has no bound at all. */
export function parseDayRange(
  name: string,
  range: DateRangeShape | null | undefined,
): DayRange | undefined {
  const from = range?.from ?? undefined
  const to = range?.to ?? undefined
  if (from === undefined && to === undefined) return undefined
  if (from !== undefined && to !== undefined && from > to) {
    throw new BadUserInputError(`${name}.from must not be after ${name}.to.`)
  }
  return { from, to }
}
