import type { CustomField } from '../content/custom-fields.ts'
import type { Row } from '../content/record-row.ts'
import { literalNumber } from '../content/wire-forms.ts'

/** Gives what is sent in place of a row. */
export type RowChange = (row: Row) => Row

/** One change after the other. */
export const inTurn =
  (...changes: readonly RowChange[]): RowChange =>
  row =>
    changes.reduce((changed, change) => change(changed), row)

/** Puts values in place of some fields of one record; undefined leaves a field out. */
export const withFields =
  (csId: number, fields: Row): RowChange =>
  row =>
    row.csId === csId ? { ...row, ...fields } : row

/** A number that no JavaScript number holds, digit for digit. */
export const bigNumber = (digits: string): object => literalNumber(digits)

/** `2017-08-27T10:32:12` */
export const timesWithT: RowChange = row => withTimes(row, time => time.replace(' ', 'T'))

/** `2017/08/27 10:32:12` */
export const timesWithSlashes: RowChange = row => withTimes(row, time => time.replaceAll('-', '/'))

/** `"Remote":"true"` */
export const flagsAsWords: RowChange = row => ({
  ...row,
  ...Object.fromEntries(
    FLAGS.filter(flag => row[flag] === 0 || row[flag] === 1).map(flag => [
      flag,
      String(row[flag] === 1),
    ]),
  ),
})

/** `{"field_1":"6021"}`, as PHP writes an array with names. */
export const customFieldsAsMap: RowChange = row => ({
  ...row,
  custom_fields: Object.fromEntries(customFieldsIn(row).map(({ key, value }) => [key, value])),
})

/** `{"0":{"key":"field_1","value":"6021"}}`, as PHP writes an array after it was filtered. */
export const customFieldsNumbered: RowChange = row => ({
  ...row,
  custom_fields: { ...customFieldsIn(row) },
})

const TIMES = ['csBTime', 'csETime', 'payDateTime', 'time']
const FLAGS = ['isFinish', 'ChatRecord', 'Remote', 'TransferFile']

function withTimes(row: Row, change: (time: string) => string): Row {
  const times = TIMES.flatMap(field => {
    const time = row[field]
    return typeof time === 'string' ? [[field, change(time)] as const] : []
  })
  return { ...row, ...Object.fromEntries(times) }
}

const customFieldsIn = ({ custom_fields: fields }: Row): CustomField[] =>
  Array.isArray(fields) ? fields : []
