import { withoutCountOfPage } from '../pages/list-belief.ts'
import type { Answer } from '../pages/list-page.ts'
import type { PageSizes } from '../pages/page-number.ts'
import { nameOfPage, startIndex } from '../pages/page-number.ts'
import { SMALLEST_CAP } from '../pages/page-sizes.ts'
import { type NextWorth, withoutVainNext } from '../traits/next-claim.ts'
import type { PlacedMessage } from './chat-page.ts'

/** What is believed of an answer, and its place among the answers of its reading, from 0. */
export interface ChatAnswer<Row> extends Answer<Row> {
  readonly order: number
  readonly askedAfter: number
  /** Whether it is empty though more comes after it, as is said: its messages are hidden. */
  readonly isAmid: boolean
}

/** What was learnt of the claims of all chats of an account. */
export interface ChatClaims {
  /** Whether `count` is surely that of a chat, not of a page. */
  readonly areCounted: boolean
  /** What `next_page` is worth. */
  readonly nextClaim: NextWorth
}

type MessageAnswer<Message> = Answer<PlacedMessage<Message>>

/** What the answers of a reading say of the chat's end, without what is disproved. */
export function believedAnswers<Message>(
  received: readonly MessageAnswer<Message>[],
  sizes: PageSizes,
  { areCounted, nextClaim }: ChatClaims,
): readonly ChatAnswer<PlacedMessage<Message>>[] {
  const isCountWrong = received.some(answer => disprovesCount(answer, sizes))
  const counted = received.map(answer => {
    if (isCountWrong) return { ...answer, count: undefined }
    return areCounted ? answer : withoutCountOfPage(answer, sizes)
  })
  const stated = counted.map(answer =>
    // Of an empty page, or without a length, a null is believed: else short chats would take more calls.
    answer.count === undefined || answer.size === 0 ? answer : withoutVainNext(answer, nextClaim),
  )
  const ended = stated.map(answer => (repeatsAnother(answer, stated) ? emptied(answer) : answer))
  const isNextWrong = nextClaim.isAlwaysStated || ended.some(answer => disprovesNext(answer, sizes))
  const largest = Math.max(sizes.largest, ...ended.map(({ size }) => size))
  return ended.map((answer, order) => {
    const hasNext = isNextWrong && answer.hasNext === true ? undefined : answer.hasNext
    const believed = { ...answer, hasNext, order, askedAfter: answer.askedAfter ?? order }
    return { ...believed, isAmid: isAmid(believed, { ...sizes, largest }) }
  })
}

/**
 * Whether a page is empty though `count` or `next_page` says that more comes after it. Where it is not
 * known how many places pages have, it has no more than the largest page so far: so none ends a chat
 * too early. That `next_page` is null, too, shows that it has as many as were asked for.
 */
function isAmid(
  { at, size, count = 0, hasNext }: Answer<unknown>,
  { isFixed, cap, largest }: PageSizes,
): boolean {
  const least = Math.min(at.perPage, Math.max(largest, SMALLEST_CAP))
  const places = isFixed ? cap : hasNext === false ? at.perPage : least
  return size === 0 && (hasNext === true || count > at.page * places)
}

/** Whether an answer has rows for which the stated length has no place. */
function disprovesCount({ at, size, count, hasNext }: Answer<unknown>, sizes: PageSizes): boolean {
  if (size === 0 || count === undefined) return false
  if (count < size) return true
  if (at.page === 1) return false
  // A page whose place is not certain, or that repeats the last one, has its rows elsewhere.
  const start = startIndex(at, sizes)
  const isPlaced = sizes.isFixed || sizes.isCapProven || at.perPage <= sizes.largest
  return isPlaced && count < start + size && (hasNext === true || start < count)
}

/** Of smaller pages, two may have the same rows because the chat has moved between the two calls. */
const LEAST_REPEATED = 8

/**
 * Whether an answer without a length has the rows of an earlier page of its size: some upstreams
 * repeat their last page if they are asked for a page beyond it. Messages that look alike may fill two
 * pages of a chat, but only if all are of one second.
 */
function repeatsAnother<Message>(
  answer: MessageAnswer<Message>,
  answers: readonly MessageAnswer<Message>[],
): boolean {
  const { at, rows, size, count } = answer
  if (count !== undefined || size === 0 || at.perPage < LEAST_REPEATED) return false
  const seconds = new Set(rows.map(({ second }) => second).filter(second => second !== null))
  // A page of so few rows is not capped: no upstream is known to give so few.
  if (seconds.size < 2 && size >= LEAST_REPEATED - 1) return false
  const text = textOf(answer)
  return answers.some(
    other =>
      other.at.perPage === at.perPage &&
      other.at.page < at.page &&
      other.size === size &&
      textOf(other) === text,
  )
}

const textOf = <Message>({ rows }: MessageAnswer<Message>): string =>
  rows.map(({ mark, second }) => `${mark}_${second}`).join()

const emptied = <Row>(answer: Answer<Row>): Answer<Row> => ({ ...answer, rows: [], size: 0 })

/** Whether an empty page beyond the stated length states a next one. */
const disprovesNext = (
  { at, size, count = Infinity, hasNext }: Answer<unknown>,
  sizes: PageSizes,
): boolean => size === 0 && hasNext === true && count <= startIndex(at, sizes)

/** Whether two answers for one page have the same messages, of a chat that is as long. */
export const showSame = <Message>(
  one: MessageAnswer<Message>,
  other: MessageAnswer<Message>,
): boolean => one.count === other.count && textOf(one) === textOf(other)

/**
 * Whether a page that says that more follow was the same before and after the page that follows was
 * empty. Else a message may have come onto the page as another one was deleted.
 */
export function endsAgain<Message>(
  { at, rows }: MessageAnswer<Message>,
  answers: readonly MessageAnswer<Message>[],
): boolean {
  const marksOf = (shown: readonly PlacedMessage<Message>[]) => shown.map(({ mark }) => mark).join()
  const isSame = (each: MessageAnswer<Message>) =>
    nameOfPage(each.at) === nameOfPage(at) && marksOf(each.rows) === marksOf(rows)
  const [first, last] = [answers.findIndex(isSame), answers.findLastIndex(isSame)]
  return answers.slice(first, last).some(({ size }) => size === 0)
}

/** Whether answers show that the chat has changed while it was read. */
export const showChange = <Message>(answers: readonly MessageAnswer<Message>[]): boolean =>
  new Set(answers.map(({ count }) => count)).size > 1 ||
  [...Map.groupBy(answers, ({ at }) => nameOfPage(at)).values()].some(readings =>
    readings.some(each => readings[0] && !showSame(readings[0], each)),
  )
