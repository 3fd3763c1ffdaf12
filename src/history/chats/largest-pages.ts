import type { PageNumber } from '../pages/page-number.ts'
import { LARGEST_PAGE, sizesUpTo, startIndex } from '../pages/page-number.ts'
import { placesOfMessages } from './chat-page.ts'
import { readOn } from './hidden-pages.ts'
import type { MessageList } from './message-list.ts'

/** Pages of so many messages are large enough to read over those without any. */
const LARGE = 50
/** No later page is asked for to find out how large pages are. */
const LAST_TESTED = 4
const FIRST: PageNumber = { page: 1, perPage: 1 }

/** The most rows with which the places of all pages are certain. */
export function largestPage<Message>({ sizes }: MessageList<Message>): number {
  const { cap, isFixed, isCapProven, largest } = sizes
  return isFixed || isCapProven ? cap : Math.max(largest, 1)
}

/** Finds out whether pages may have more rows than the largest one so far. */
export async function learnLargestPage<Message>(list: MessageList<Message>): Promise<void> {
  for (let page = 1; page <= LAST_TESTED; page++) {
    if (list.isFixed || largestPage(list) >= LARGE) return
    await list.fetch({ page, perPage: LARGEST_PAGE })
  }
}

/** The pages of the largest size with some places. */
export function largestPagesWith<Message>(
  list: MessageList<Message>,
  places: readonly number[],
): readonly PageNumber[] {
  const perPage = largestPage(list)
  const extent = list.extent()
  const numbers = places.map(index => {
    const { from } = placesOfMessages({ from: index, to: index }, extent)
    // Beyond the end, some upstreams repeat their last page.
    return Math.floor(Math.min(from, (list.length ?? Infinity) - 1) / perPage) + 1
  })
  return [...new Set(numbers)].map(page => ({ page, perPage }))
}

/**
 * The number of a page of the largest size that is empty, as it is beyond the end. Undefined if a page
 * has messages in its place.
 */
export async function pageAfterLast<Message>(
  list: MessageList<Message>,
): Promise<number | undefined> {
  const perPage = largestPage(list)
  const empty = list.answers.find(({ size, isAmid }) => size === 0 && !isAmid)
  const places = list.length ?? startIndex(empty?.at ?? FIRST, sizesUpTo(perPage))
  const { at, size } = await readOn(
    Math.ceil(places / perPage) + 1,
    page => list.fetch({ page, perPage }, true),
    each => each.size > 0 || !each.isAmid,
  )
  return size === 0 ? at.page : undefined
}
