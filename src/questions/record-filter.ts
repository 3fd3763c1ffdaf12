import type { RemoteRecordResource } from '../upstream/remote-record.ts'
import type { PaymentStatus, Rating, RemoteRecordStatus } from '../upstream/remote-record-enums.ts'
import { compareDecimals } from './decimal-order.ts'

type ProblemTypeLevel = 1 | 2 | 3

/** Which records are wanted: those that meet all conditions. A list is met by any of its values. */
export interface RecordFilter {
  readonly agentIds?: readonly number[]
  readonly statuses?: readonly RemoteRecordStatus[]
  readonly paymentStatuses?: readonly PaymentStatus[]
  readonly ratings?: readonly Rating[]
  readonly isRated?: boolean
  readonly isResolved?: boolean
  readonly hasChat?: boolean
  readonly hasRemoteControl?: boolean
  readonly clientNumbers?: readonly string[]
  readonly companyNames?: readonly string[]
  readonly problemTypes?: readonly ProblemTypeOption[]
  readonly durationSeconds?: Range<number>
  readonly price?: Range<string>
  readonly textContains?: string
  readonly customField?: CustomFieldMatch
}

export interface ProblemTypeOption {
  readonly level: ProblemTypeLevel
  readonly optionId: number
}

/** Both ends are part of it. */
export interface Range<Value> {
  readonly min?: Value
  readonly max?: Value
}

export interface CustomFieldMatch {
  readonly key: string
  readonly equals?: string
  readonly contains?: string
}

export type Matcher = (record: RemoteRecordResource) => boolean

/** What of a record is counted, and therefore is in columns: see record-columns.ts. */
export type CountedRecord = Pick<
  RemoteRecordResource,
  | 'servicerId'
  | 'status'
  | 'paymentStatus'
  | 'rating'
  | 'companyName'
  | 'isResolved'
  | 'hasChat'
  | 'hasRemoteControl'
  | 'durationSeconds'
  | 'price'
  | 'problemTypeId'
>

type CountedMatcher = (record: CountedRecord) => boolean

/** Whether a record meets all conditions of a filter. A value that it does not have meets none. */
export function createMatcher(filter: RecordFilter): Matcher {
  const matchers = [...countedMatchers(filter), ...otherMatchers(filter)]
  return record => matchers.every(matches => matches(record))
}

/** The same for what is counted of a record. Undefined if the filter looks at anything else. */
export function createCountedMatcher(filter: RecordFilter): CountedMatcher | undefined {
  if (otherMatchers(filter).length > 0) return undefined
  const matchers = countedMatchers(filter)
  return record => matchers.every(matches => matches(record))
}

const countedMatchers = (filter: RecordFilter): CountedMatcher[] => [
  ...optionMatchers(filter),
  ...flagMatchers(filter),
  ...valueMatchers(filter),
]

const otherMatchers = (filter: RecordFilter): Matcher[] => [
  ...given(filter.clientNumbers, wanted =>
    isOneOf(wanted, (record: RemoteRecordResource) => record.uniqueNumber),
  ),
  ...given(filter.textContains, hasText),
  ...given(filter.customField, hasCustomField),
]

const optionMatchers = (filter: RecordFilter): CountedMatcher[] => [
  ...given(filter.agentIds, wanted =>
    isOneOf(wanted, (record: CountedRecord) => record.servicerId),
  ),
  ...given(filter.statuses, wanted => isOneOf(wanted, (record: CountedRecord) => record.status)),
  ...given(filter.paymentStatuses, wanted =>
    isOneOf(wanted, (record: CountedRecord) => record.paymentStatus),
  ),
  ...given(filter.ratings, wanted => isOneOf(wanted, (record: CountedRecord) => record.rating)),
  ...given(filter.companyNames, wanted =>
    isOneOf(wanted, (record: CountedRecord) => record.companyName),
  ),
]

const flagMatchers = (filter: RecordFilter): CountedMatcher[] => [
  ...given(
    filter.isRated,
    wanted => (record: CountedRecord) => (record.rating !== null) === wanted,
  ),
  ...given(filter.isResolved, wanted => (record: CountedRecord) => record.isResolved === wanted),
  ...given(filter.hasChat, wanted => (record: CountedRecord) => record.hasChat === wanted),
  ...given(
    filter.hasRemoteControl,
    wanted => (record: CountedRecord) => record.hasRemoteControl === wanted,
  ),
]

const valueMatchers = (filter: RecordFilter): CountedMatcher[] => [
  ...given(
    filter.problemTypes,
    wanted => (record: CountedRecord) =>
      wanted.some(({ level, optionId }) => record.problemTypeId(level) === optionId),
  ),
  ...given(
    filter.durationSeconds,
    wanted => (record: CountedRecord) => isWithin(record.durationSeconds, wanted, byNumber),
  ),
  ...given(
    filter.price,
    wanted => (record: CountedRecord) => isWithin(record.price, wanted, compareDecimals),
  ),
]

const given = <Wanted, Condition>(
  wanted: Wanted | undefined,
  create: (wanted: Wanted) => Condition,
): Condition[] => (wanted === undefined ? [] : [create(wanted)])

function isOneOf<Looked, Value>(
  wanted: readonly Value[],
  readValue: (record: Looked) => Value | null,
) {
  const values: ReadonlySet<Value | null> = new Set(wanted)
  return (record: Looked) => values.has(readValue(record))
}

const byNumber = (one: number, other: number) => one - other

const isWithin = <Value>(
  value: Value | null,
  { min, max }: Range<Value>,
  compare: (one: Value, other: Value) => number,
): boolean =>
  value !== null &&
  (min === undefined || compare(value, min) >= 0) &&
  (max === undefined || compare(value, max) <= 0)

/** Upper case makes one of all forms of a letter, such as ς and σ; lower case depends on the place. */
const foldCase = (text: string) => text.toUpperCase()

function hasText(wanted: string): Matcher {
  const folded = foldCase(wanted)
  return ({ description, solution, ratingComment }) =>
    [description, solution, ratingComment].some(
      text => text !== null && foldCase(text).includes(folded),
    )
}

function hasCustomField({ key, equals, contains }: CustomFieldMatch): Matcher {
  const folded = contains === undefined ? undefined : foldCase(contains)
  return ({ customFields }) =>
    customFields.some(
      field =>
        field.key === key &&
        field.value !== null &&
        (equals === undefined || field.value === equals) &&
        (folded === undefined || foldCase(field.value).includes(folded)),
    )
}
