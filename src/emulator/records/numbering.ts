interface NumberingOptions {
  readonly recordCount: number
  readonly firstCsId: number
  readonly csIdStep: number
}

/** csIds of the computed records: auto-increment, from `firstCsId` in steps of `csIdStep`. */
export interface Numbering {
  csIdOf(number: number): number
  /** Undefined if no computed record has this csId. */
  numberOf(csId: number): number | undefined
  /** How many computed records have smaller csIds. */
  countBelow(csId: number): number
}

export function createNumbering(options: NumberingOptions): Numbering {
  const { recordCount, firstCsId, csIdStep } = options
  const place = (csId: number) => (csId - firstCsId) / csIdStep
  return {
    csIdOf: number => firstCsId + number * csIdStep,
    numberOf(csId) {
      const number = place(csId)
      return Number.isInteger(number) && number >= 0 && number < recordCount ? number : undefined
    },
    countBelow: csId => Math.min(recordCount, Math.max(0, Math.ceil(place(csId)))),
  }
}
