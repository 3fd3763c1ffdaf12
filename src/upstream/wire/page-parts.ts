import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamBadResponseError, UpstreamTooLargeError } from '../errors.ts'
import type { PageQuery, RawPage } from './raw-page.ts'
import { isAbsent, toWholeNumber } from './wire.ts'

/** With more rows of a page too large, its upstream answers everything so: asking on is no use. */
const MAX_LEFT_OUT = 3

type GetPage = (at: PageQuery) => Promise<RawPage>

/**
 * A page that is too large as a whole, read as pages of half its size, and so on. A row that is too
 * large alone is undefined. Rejects with the error given if nearly all of it is too large, and with
 * one that is retryable if the list grew or shrank between two parts: they would not fit together.
 */
export async function readInParts(
  endpoint: EndpointName,
  whole: PageQuery,
  tooLarge: UpstreamTooLargeError,
  getPage: GetPage,
): Promise<RawPage> {
  let leftOut = 0

  async function read(at: PageQuery): Promise<RawPage> {
    try {
      return await getPage(at)
    } catch (error) {
      if (!(error instanceof UpstreamTooLargeError)) throw error
      return readParts(at)
    }
  }

  async function readParts(at: PageQuery): Promise<RawPage> {
    if (at.perPage === 1) return leaveOut()
    const perPage = Math.ceil(at.perPage / 2)
    const from = (at.page - 1) * at.perPage
    const to = from + at.perPage
    const parts: RawPage[] = []
    for (let start = from - (from % perPage); start < to; start += perPage) {
      const part = await read({ page: start / perPage + 1, perPage })
      // An upstream that gives more rows than were asked for cannot be read in parts.
      if (part.rows.length > perPage) throw tooLarge
      const rows = part.rows.slice(Math.max(from - start, 0), to - start)
      parts.push({ ...part, rows })
      if (isEnd(part, start + perPage)) break
    }
    return join(endpoint, parts)
  }

  function leaveOut(): RawPage {
    leftOut += 1
    if (leftOut > MAX_LEFT_OUT) throw tooLarge
    return { rows: [undefined], count: undefined, next: undefined }
  }

  return readParts(whole)
}

/** Whether a list ends with a part, by its next page and its length alike. */
const isEnd = ({ count, next }: RawPage, end: number) =>
  next !== undefined && isAbsent(next) && (toWholeNumber(count) ?? Number.POSITIVE_INFINITY) <= end

function join(endpoint: EndpointName, parts: readonly RawPage[]): RawPage {
  const counts = parts.map(({ count }) => count).filter(count => count !== undefined)
  if (new Set(counts.map(String)).size > 1) {
    throw new UpstreamBadResponseError(
      `The upstream changed ${ENDPOINT_NOUNS[endpoint]} while it was read in parts: expected one length, got several.`,
      { reason: 'other-shape', retryable: true },
    )
  }
  return {
    rows: parts.flatMap(({ rows }) => rows),
    count: counts[0],
    next: parts.at(-1)?.next,
  }
}
