import type { Dice, NonEmpty } from '../random.ts'
import { decimalText, literalNumber, paddedTime, unpaddedTime, ZERO_TIME } from './wire-forms.ts'

/** How one record spells its values; the vendor's page shows several ways for each. */
export interface RowForms {
  time(instantMs: number): string
  /** What stands for a time that there is none of. */
  readonly noTime: null | string
  number(value: number): number | string
  flag(isSet: boolean): number | string
  clientNumber(value: number): number | string
  /** An amount in hundredths: the literal 234.00, or "234.00". */
  price(hundredths: number): object | string
}

const NO_TIMES: NonEmpty<null | string> = [null, null, '', ZERO_TIME]

export function createRowForms(dice: Dice): RowForms {
  const writeTime = dice.oneIn(3) ? unpaddedTime : paddedTime
  const numbersAsStrings = dice.oneIn(20)
  const priceAsString = dice.oneIn(8)
  const clientAsNumber = dice.oneIn(25)
  const number = (value: number) => (numbersAsStrings ? String(value) : value)
  return {
    time: writeTime,
    noTime: dice.pick(NO_TIMES),
    number,
    flag: isSet => number(isSet ? 1 : 0),
    clientNumber: value => (clientAsNumber ? value : String(value)),
    price(hundredths) {
      const text = decimalText(hundredths)
      return priceAsString ? text : literalNumber(text)
    },
  }
}
