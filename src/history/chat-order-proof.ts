import { areOfOneSecond, orderOfPages, orderOfStart, type Timed } from './chat-order.ts'
import type { ChatTraits } from './chat-traits.ts'
import { ListInconclusiveError } from './list-errors.ts'
import type { Answer } from './list-page.ts'
import { LARGEST_PAGE, type PageNumber, pagesHolding } from './page-number.ts'

/** What the proof needs of the reading of a chat. */
interface ChatReading {
  read(at: PageNumber, isAnew: boolean): Promise<Answer<Timed>>
  state(): {
    readonly isWhole: boolean
    readonly length: number | undefined
    readonly answers: readonly Answer<Timed>[]
  }
}

/** The messages at one end that show, together with the other end, which of the two is newer. */
const PROOF_ROWS = 6
/** Of those, so many must have a time, unless no more are to be had. */
const LEAST_TIMED = 3
/** A first page of so many messages shows how the rows of a page are ordered. */
export const CLEAR_ROWS = 8

/** Throws ListInconclusiveError if the messages do not show the order. */
export async function proveOrder(
  first: Answer<Timed>,
  rows: number,
  traits: ChatTraits,
  reading: ChatReading,
): Promise<void> {
  const learn = (one: Answer<Timed>, other: Answer<Timed>, least: number): boolean => {
    const isRising = orderOfPages(one, other, traits.sizes, least)
    if (isRising !== undefined) traits.learnOrder(isRising)
    return isRising !== undefined
  }
  const { length = 0 } = reading.state()
  const { sizes } = traits
  // A chat that is little longer than the page is read whole.
  if (length >= Math.min(LARGEST_PAGE + 1, first.at.perPage + CLEAR_ROWS)) {
    const end = { from: length - Math.max(PROOF_ROWS, rows), to: length - 1 }
    for (const at of pagesHolding(end, sizes, { shared: 0 }))
      if (learn(first, await reading.read(at, false), LEAST_TIMED)) return
  }
  for (const isAnew of [false, true]) {
    const largest = await reading.read({ page: 1, perPage: LARGEST_PAGE }, isAnew)
    if (reading.state().isWhole) {
      const isRising = orderOfStart(first, largest)
      if (isRising !== undefined) traits.learnOrder(isRising)
      return
    }
    await reading.read({ page: 2, perPage: LARGEST_PAGE }, isAnew)
    if (reading.state().isWhole) return
    for (const other of reading.state().answers) if (learn(largest, other, 1)) return
    if (areOfOneSecond(reading.state().answers)) return
    // The last messages may have no time: those in the middle show the order, too.
    const perPage = Math.min(traits.sizes.cap, (reading.state().length ?? 0) >> 1)
    if (perPage < CLEAR_ROWS) continue
    const middle = await reading.read({ page: 2, perPage }, isAnew)
    if (learn(first, middle, LEAST_TIMED)) return
  }
  throw new ListInconclusiveError(
    'The times of these messages do not show whether the upstream lists the oldest or the newest ones first. Ask for fewer days (sentOn), so that all fit on one page.',
    { isRetryable: false },
  )
}
