import type { Query, UpstreamSession } from '../client.ts'
import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import {
  UpstreamBadResponseError,
  UpstreamNotFoundError,
  UpstreamTooLargeError,
} from '../errors.ts'
import { type Asked, notAskedFor } from './not-asked-for.ts'
import { readInParts } from './page-parts.ts'
import { wrongShape } from './shape.ts'
import { isBlank, isWireObject, toWholeNumber, type WireObject } from './wire.ts'
import { toList } from './wire-list.ts'

export interface PageQuery {
  /** From 1. */
  readonly page: number
  readonly perPage: number
  /** Is 0 if the upstream's own numbers are less by one. */
  readonly firstPage?: 0
}

/** One answer of a numbered list, as it came. */
export interface RawPage {
  /** Undefined stands for a row that could not be received. */
  readonly rows: readonly unknown[]
  readonly count: unknown
  readonly next: unknown
  readonly previous?: unknown
}

/** A list that is asked for by pages. */
interface ListCall {
  readonly endpoint: EndpointName
  readonly path: string
  readonly days: Query
  /** What should be the rows of an answer; may throw an UpstreamError. */
  readonly rowsIn: (answer: WireObject) => unknown
  /** What rows prove to be of another list, if anything. Then the answer is wrong, and nobody may keep it. */
  readonly otherThanAsked: (rows: readonly unknown[]) => Asked | undefined
  /** Whether the whole list may be unknown to the upstream, which then has no rows. */
  readonly mayBeMissing: boolean
}

/**
 * One page of a list, in parts if it is too large as a whole. Rejects as `UpstreamSession.get` does,
 * and with RangeError for numbers that no page has.
 */
export async function getRawPage(
  session: UpstreamSession,
  call: ListCall,
  at: PageQuery,
): Promise<RawPage> {
  try {
    return await getOnce(session, call, at)
  } catch (error) {
    if (!(error instanceof UpstreamTooLargeError)) throw error
    return readInParts(call.endpoint, at, error, part =>
      getOnce(session, call, at.firstPage === 0 ? { ...part, firstPage: 0 } : part),
    )
  }
}

/** An upstream that ignores `per_page` may give so many. To look at more would take too long. */
const MAX_ROWS = 10_000

const tooManyRows = (endpoint: EndpointName) =>
  new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} has too many rows: expected at most ${MAX_ROWS}, got more.`,
    { reason: 'too-many-rows' },
  )

const NO_ROWS: RawPage = { rows: [], count: undefined, next: null }

async function getOnce(session: UpstreamSession, call: ListCall, at: PageQuery): Promise<RawPage> {
  const { endpoint, path, days, mayBeMissing } = call
  const numbers = {
    page: positive('page', at.page) - (at.firstPage === 0 ? 1 : 0),
    per_page: positive('perPage', at.perPage),
  }
  try {
    return await session.get(endpoint, path, { ...days, ...numbers }, answer =>
      toRawPage(call, answer, at),
    )
  } catch (error) {
    // Some upstreams do not find what has no rows, such as a page beyond the last one.
    if (error instanceof UpstreamNotFoundError && (mayBeMissing || at.page > 1)) return NO_ROWS
    throw error
  }
}

function toRawPage(
  { endpoint, rowsIn, otherThanAsked }: ListCall,
  answer: unknown,
  at: PageQuery,
): RawPage {
  if (!isWireObject(answer)) throw wrongShape(endpoint, answer)
  const { count, next_page: next, previous_page: previous } = answer
  const value = rowsIn(answer)
  const rows = toList(value) ?? (isEmpty(value) && isBeyond(count, at) ? [] : undefined)
  if (!rows) throw wrongShape(endpoint, answer)
  if (rows.length > MAX_ROWS) throw tooManyRows(endpoint)
  const other = otherThanAsked(rows)
  if (other) throw notAskedFor(endpoint, other)
  return { rows, count, next, previous }
}

/** What stands for a list without rows. */
const isEmpty = (value: unknown) =>
  isBlank(value) || (isWireObject(value) && Object.keys(value).length === 0)

/** Whether a list of so many rows ends before a page. */
function isBeyond(count: unknown, { page, perPage }: PageQuery): boolean {
  const length = toWholeNumber(count)
  return typeof length === 'number' && length <= (page - 1) * perPage
}

/** An id as a segment of a path. Throws RangeError for what cannot be one. */
export const toPathId = (name: string, id: number): string => String(positive(name, id))

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new RangeError(`${name} must be a whole number of at least 1, got ${value}`)
}
