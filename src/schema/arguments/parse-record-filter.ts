import { compareDecimals } from '../../questions/decimal-order.ts'
import type {
  CustomFieldMatch,
  ProblemTypeOption,
  Range,
  RecordFilter,
} from '../../questions/record-filter.ts'
import type { DayRange } from '../../upstream/remote-record.ts'
import type {
  CustomFieldMatchShape,
  ProblemTypeKeyShape,
  RangeShape,
  RemoteRecordFilterShape,
} from '../remote-record-filter.ts'
import { BadUserInputError } from './bad-user-input.ts'
import { parseIdText, parseUpstreamId } from './upstream-id.ts'

/** The most values of a list of a filter. */
const MAX_VALUES = 100
/** The most characters (UTF-16 code units) of a text of a filter. */
const MAX_TEXT = 200
/** The most days of which each record is looked at. */
const MAX_DAYS = 366
const DAY_MS = 86_400_000

/**
 * A filter in two parts: what the upstream is asked for, and what each of its records is checked
 * for.
 */
interface ParsedFilter {
  /** The one agent whose list is read. Undefined for the list of all agents. */
  readonly servicerId: number | undefined
  /** Undefined if all records of the list are wanted. */
  readonly filter: RecordFilter | undefined
}

/** Throws BadUserInputError for a filter that cannot be right, or takes too many days. */
export function parseRecordFilter(
  shape: RemoteRecordFilterShape | null | undefined,
  createdOn: DayRange | undefined,
): ParsedFilter {
  const { agentIds, ...conditions } = withoutUndefined(toConditions(shape ?? {}))
  const [servicerId, ...others] = agentIds ?? []
  const isOneAgent = servicerId !== undefined && others.length === 0
  const filter = agentIds && !isOneAgent ? { ...conditions, agentIds } : conditions
  const isRead = Object.keys(filter).length > 0
  if (isRead) assertReadable(createdOn)
  return {
    servicerId: isOneAgent ? servicerId : undefined,
    filter: isRead ? filter : undefined,
  }
}

/** The days of a list whose records may each be looked at. */
export function assertReadable(createdOn: DayRange | undefined): void {
  const { from, to } = createdOn ?? {}
  if (from === undefined || to === undefined) {
    throw new BadUserInputError(
      'Each record of the days is looked at: createdOn must have both from and to.',
    )
  }
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  if (days > MAX_DAYS) {
    throw new BadUserInputError(
      `createdOn must be at most ${MAX_DAYS} days if each record is looked at; it is ${days}.`,
    )
  }
}

const toConditions = (shape: RemoteRecordFilterShape) => ({
  agentIds: listOf('agentIds', shape.agentIds, id => parseUpstreamId('filter.agentIds', id)),
  statuses: listOf('statuses', shape.statuses, asIs),
  paymentStatuses: listOf('paymentStatuses', shape.paymentStatuses, asIs),
  ratings: listOf('ratings', shape.ratings, asIs),
  isRated: shape.isRated ?? undefined,
  isResolved: shape.isResolved ?? undefined,
  hasChat: shape.hasChat ?? undefined,
  hasRemoteControl: shape.hasRemoteControl ?? undefined,
  clientNumbers: listOf('clientNumbers', shape.clientNumbers, id =>
    parseText('clientNumbers', parseIdText(id)),
  ),
  companyNames: listOf('companyNames', shape.companyNames, name => parseText('companyNames', name)),
  problemTypes: listOf('problemTypes', shape.problemTypes, toOption),
  durationSeconds: toRange('durationSeconds', shape.durationSeconds, (a, b) => a - b),
  price: toRange('price', shape.price, compareDecimals),
  textContains: toText('textContains', shape.textContains),
  customField: toCustomFieldMatch(shape.customField),
})

const asIs = <Value>(value: Value) => value

/** The different values of a list. Undefined if there are none at all. */
function listOf<Given, Value>(
  name: string,
  values: readonly Given[] | null | undefined,
  parse: (value: Given) => Value,
): readonly Value[] | undefined {
  if (values == null) return undefined
  if (values.length === 0) {
    throw new BadUserInputError(`filter.${name} must not be empty: leave it out to have all.`)
  }
  if (values.length > MAX_VALUES) {
    throw new BadUserInputError(
      `filter.${name} must be at most ${MAX_VALUES}; there are ${values.length}.`,
    )
  }
  return [...new Set(values.map(parse))]
}

const toText = (name: string, text: string | null | undefined): string | undefined =>
  text == null ? undefined : parseText(name, text)

function parseText(name: string, text: string): string {
  if (text === '' || text.length > MAX_TEXT) {
    throw new BadUserInputError(
      `filter.${name} must be from 1 to ${MAX_TEXT} characters; it is ${text.length}.`,
    )
  }
  if (!text.isWellFormed()) {
    throw new BadUserInputError(`filter.${name} must be whole characters: half of one is in it.`)
  }
  return text
}

function toOption({ level, optionId }: ProblemTypeKeyShape): ProblemTypeOption {
  if (level !== 1 && level !== 2 && level !== 3) {
    throw new BadUserInputError(`filter.problemTypes.level must be 1, 2 or 3.`)
  }
  return { level, optionId: parseUpstreamId('filter.problemTypes.optionId', optionId) }
}

function toRange<Value>(
  name: string,
  shape: RangeShape<Value> | null | undefined,
  compare: (one: Value, other: Value) => number,
): Range<Value> | undefined {
  if (shape == null) return undefined
  const min = shape.min ?? undefined
  const max = shape.max ?? undefined
  if (min === undefined && max === undefined) {
    throw new BadUserInputError(`filter.${name} must have min or max.`)
  }
  if (min !== undefined && max !== undefined && compare(min, max) > 0) {
    throw new BadUserInputError(`filter.${name}.min must not be more than filter.${name}.max.`)
  }
  return withoutUndefined({ min, max })
}

function toCustomFieldMatch(
  shape: CustomFieldMatchShape | null | undefined,
): CustomFieldMatch | undefined {
  if (shape == null) return undefined
  const key = parseText('customField.key', shape.key)
  const equals = toText('customField.equals', shape.equals)
  const contains = toText('customField.contains', shape.contains)
  if ((equals === undefined) === (contains === undefined)) {
    throw new BadUserInputError('filter.customField must have either equals or contains.')
  }
  return { key, ...withoutUndefined({ equals, contains }) }
}

type Defined<Shape> = { readonly [Name in keyof Shape]?: Exclude<Shape[Name], undefined> }

/** A copy without the properties that are undefined. */
const withoutUndefined = <Shape extends object>(shape: Shape): Defined<Shape> =>
  Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined),
  ) as Defined<Shape>
