import { tooManyHidden } from '../list-errors.ts'
import { pagesToReadAgain } from '../pages/one-moment.ts'
import { type ChatAnswer, showSame } from './chat-belief.ts'
import type { PlacedMessage } from './chat-page.ts'

/** No more pages without messages are read in a row. */
const MOST_EMPTY = 100

/** Pages of one size, in the direction of a walk. */
export interface Way {
  readonly perPage: number
  /** The number of the page at which the walk stands; 0 if that is before the first page. */
  readonly from: number
  readonly step: 1 | -1
}

/** What is known of the pages after one at which a walk stands. */
export interface Crossing<Answer> {
  /** The pages to read next, side by side; none if all that was read shows one moment. */
  readonly toRead: readonly number[]
  /** The page at which the walk stands; undefined if that is before the first page. */
  readonly near: Answer | undefined
  /** The next page with messages; undefined if there is none. */
  readonly far: Answer | undefined
}

/**
 * From a page over those without messages to the next page with some, or to the chat's end. Where more
 * messages are hidden in a row than a page has, no page shows both neighbours. But pages that were asked
 * for with the same `per_page` follow each other by their numbers, so that several readings show one
 * moment: see one-moment.ts.
 */
export function crossingOf<Message>(
  { perPage, from, step }: Way,
  answers: readonly ChatAnswer<PlacedMessage<Message>>[],
): Crossing<ChatAnswer<PlacedMessage<Message>>> {
  const alike = answers.filter(({ at }) => at.perPage === perPage)
  const readings = Map.groupBy(alike, ({ at }) => at.page)
  const latest = (page: number) => readings.get(page)?.at(-1)
  const near = latest(from)
  const between: number[] = []
  let page = from + step
  while (latest(page)?.size === 0 && (latest(page)?.isAmid || step < 0)) {
    between.push(page)
    page += step
  }
  if (between.length > MOST_EMPTY) throw tooManyHidden()
  const end = latest(page)
  const far = end && end.size > 0 ? end : undefined
  if (page > 0 && !end) {
    const next = Array.from({ length: Math.max(1, between.length) }, (_, at) => page + at * step)
    return { toRead: next.filter(each => each > 0), near, far }
  }
  const stretch =
    step > 0
      ? { low: from, between, high: page }
      : { low: page, between: between.toReversed(), high: from }
  const telling = step > 0 ? 'low' : 'high'
  return {
    toRead: pagesToReadAgain(stretch, readings, { telling, haveSameRows: showSame }),
    near,
    far,
  }
}

/**
 * Reads page after page until one of them is enough, which it gives; of pages without messages, ever
 * more side by side.
 */
export async function readOn<Answer extends { readonly size: number }>(
  from: number,
  fetch: (page: number) => Promise<Answer>,
  isEnough: (answer: Answer) => boolean,
): Promise<Answer> {
  let empty = 0
  for (let page = from; ; ) {
    const numbers = Array.from({ length: Math.max(1, empty) }, (_, at) => page + at)
    const answers = await Promise.all(numbers.map(fetch))
    const enough = answers.find(isEnough)
    if (enough) return enough
    if (empty > MOST_EMPTY) throw tooManyHidden()
    empty = answers.every(({ size }) => size === 0) ? empty + answers.length : 0
    page += answers.length
  }
}
