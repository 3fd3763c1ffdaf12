/** What was read of the upstream for an answer. */
export interface Reading {
  readonly calls: number
  readonly rowsGiven: number
}

/** The most rows that may be received from the upstream for that. */
export type RowLimit = (reading: Reading) => number

/** Parts of lists from their starts. Two rows a call may come to prove where a part ends. */
export const FROM_START: RowLimit = ({ calls, rowsGiven }) => 1.2 * rowsGiven + 2 * calls
/** A part of a list whose place must be found or proven. */
export const FURTHER_PAGE: RowLimit = ({ rowsGiven }) => 2.5 * rowsGiven
export const LAST_THREE: RowLimit = () => 12
export const COLD_LOOKUP: RowLimit = () => 60
/** After a cursor of another list: its row must be found like one that is looked up. */
export const SEARCHED_PAGE: RowLimit = reading => COLD_LOOKUP(reading) + FURTHER_PAGE(reading)
