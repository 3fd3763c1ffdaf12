import { expect, test } from 'vitest'
import { csvRow } from '../../src/export/csv.ts'

test.each<[readonly (string | number | boolean | null)[], string]>([
  [['1500', 7, true, null, ''], '1500,7,true,,\r\n'],
  [['a,b', 'say "no"', 'one\ntwo'], '"a,b","say ""no""","one\ntwo"\r\n'],
  [['=1+1', '+86 571', '-x', '@SUM(A1)'], "'=1+1,'+86 571,'-x,'@SUM(A1)\r\n"],
  [['＝1+1', '\t=1', '=HYPERLINK("x","y")'], `'＝1+1,'\t=1,"'=HYPERLINK(""x"",""y"")"\r\n`],
  [['-12.50', '-3', '234.00', '007'], '-12.50,-3,234.00,007\r\n'],
  [['-1-1', '--1', '-1e5'], "'-1-1,'--1,'-1e5\r\n"],
])('%j is %j', (cells, row) => {
  expect(csvRow(cells)).toBe(row)
})
