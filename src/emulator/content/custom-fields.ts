import { Dice } from '../random.ts'
import { CHANNELS, PRODUCTS } from './words/custom-fields.ts'

export interface CustomField {
  readonly key: string
  readonly value: string | null
}

const CHECKED = '1'

/** The custom fields of a record: a free text, a checkbox if it is ticked, two drop-downs. */
export function customFieldsOf(seed: number, csId: number): CustomField[] {
  const dice = new Dice(seed, 'custom fields', csId)
  if (dice.oneIn(15)) return []
  const number = { key: 'field_1', value: String(dice.between(1000, 9999)) }
  const isUrgent = dice.oneIn(4)
  const product = { key: 'field_2', value: dice.pick(PRODUCTS) }
  const channel = { key: 'field_5', value: dice.pick(CHANNELS) }
  return isUrgent
    ? [number, { key: 'field_3', value: CHECKED }, product, channel]
    : [number, product, channel]
}
