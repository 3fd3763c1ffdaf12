import type { Dice, NonEmpty } from '../random.ts'
import type { Row } from './record-row.ts'
import { ZERO_TIME } from './wire-forms.ts'

type OddValue = (row: Row, dice: Dice) => void

// Every field may be missing but csId: without it a row is no record.
const DROPPABLE: NonEmpty<string> = [
  'csIdS',
  'csBTime',
  'csETime',
  'csStat',
  'csServicerId',
  'uniqueNumber',
  'csSId',
  'csPrice',
  'payStat',
  'payDateTime',
  'companyName',
  'contactor',
  'contactMethod',
  'ComputerName',
  'ptId',
  'ptChildId',
  'ptThird',
  'note',
  'ProblemSolution',
  'commentScore',
  'comment',
  'isFinish',
  'ChatRecord',
  'Remote',
  'TransferFile',
  'FileCount',
  'custom_fields',
  'contents',
]
const TIMES: NonEmpty<string> = ['csETime', 'csETime', 'payDateTime']
const UNDOCUMENTED: NonEmpty<readonly [field: string, value: number]> = [
  ['csStat', 9],
  ['payStat', 7],
  ['commentScore', 4],
]

const absentField: OddValue = (row, dice) => {
  delete row[dice.pick(DROPPABLE)]
}

const nullField: OddValue = (row, dice) => {
  row[dice.pick(DROPPABLE)] = null
}

const emptyTime: OddValue = (row, dice) => {
  row[dice.pick(TIMES)] = ''
}

const zeroTime: OddValue = (row, dice) => {
  row[dice.pick(TIMES)] = ZERO_TIME
}

const undocumentedValue: OddValue = (row, dice) => {
  const [field, value] = dice.pick(UNDOCUMENTED)
  row[field] = value
}

const ODD_VALUES = [absentField, nullField, emptyTime, zeroTime, undocumentedValue]
const ODD_ONCE_IN = 50
const ALWAYS_TIDY = 10

/** Each kind befalls one record in fifty; never the newest ten, which a first look shows. */
export function addOddValues(row: Row, dice: Dice, age: number): void {
  if (age < ALWAYS_TIDY) return
  for (const oddValue of ODD_VALUES) if (dice.oneIn(ODD_ONCE_IN)) oddValue(row, dice)
}
