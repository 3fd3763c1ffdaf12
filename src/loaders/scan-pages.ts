import { farthestPages, type PageNumber, type PageSizes } from '../history/page-number.ts'

/** So many rows of a page come again on the next one if keys are missing, which shows that they join. */
const SHARED = 3

/** What of a list decides which pages it is read by. */
export interface ScannedList {
  /** How many rows it has. */
  readonly length: number
  readonly sizes: PageSizes
  /** Whether nearly no csId is missing, so that pages join though they share no row. */
  readonly isDense: boolean
}

/** The pages by which a whole list is read, from its start on: the same for all who read it. */
export function scanPages({ length, sizes, isDense }: ScannedList): readonly PageNumber[] {
  if (length === 0) return []
  const whole = { from: 0, to: length - 1 }
  const perPage = sizes.cap
  const aligned = Array.from({ length: Math.ceil(length / perPage) }, (_, index) => ({
    page: index + 1,
    perPage,
  }))
  // Pages of a size that nobody can choose share no rows.
  if (isDense || sizes.isFixed || aligned.length === 1) return aligned
  const joined = farthestPages(whole, sizes, SHARED)
  return endOf(joined.at(-1)) < length ? aligned : joined
}

/**
 * Which of the pages (in the order of the way) shows most of what comes behind a place on the way, and
 * that nothing is between: the row at the place, and one before it. Undefined if none does.
 */
export function pageBehind(
  place: number,
  isForward: boolean,
  { pages, isDense }: { readonly pages: readonly PageNumber[]; readonly isDense: boolean },
): PageNumber | undefined {
  const proof = isDense ? 0 : 2
  return pages.findLast(page =>
    isForward ? startOf(page) <= Math.max(0, place + 1 - proof) : endOf(page) >= place + proof,
  )
}

const startOf = ({ page, perPage }: PageNumber) => (page - 1) * perPage

const endOf = (page: PageNumber | undefined) => (page ? page.page * page.perPage : 0)
