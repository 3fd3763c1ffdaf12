import { expect, test } from 'vitest'
import {
  type Decoded,
  toClientNumber,
  toCount,
  toFlag,
  toId,
  toIdText,
  toText,
  toUrl,
  toWholeNumber,
} from '../../../src/upstream/wire/wire.ts'

type Table = readonly (readonly [value: unknown, decoded: Decoded<unknown>])[]

const TABLES: Readonly<Record<string, readonly [(value: unknown) => unknown, Table]>> = {
  toText: [
    toText,
    [
      ['  kept as it is ', '  kept as it is '],
      [289789809, '289789809'],
      [0, '0'],
      ['a\ud83d', 'a\ufffd'],
      ['\ude00\ud83d\ude00', '\ufffd\ud83d\ude00'],
      [true, undefined],
      [['x'], undefined],
      [{}, undefined],
    ],
  ],
  toWholeNumber: [
    toWholeNumber,
    [
      [221, 221],
      ['221', 221],
      ['0221', 221],
      [0, 0],
      [9007199254740991, 9007199254740991],
      ['9007199254740991', 9007199254740991],
      ['9007199254740992', undefined],
      [2 ** 53, undefined],
      ['1'.repeat(30), undefined],
      [-1, undefined],
      ['-1', undefined],
      [1.5, undefined],
      ['3.0', 3],
      ['3.', 3],
      ['1,234', 1234],
      ['1,234,567.00', 1_234_567],
      [' 7 ', 7],
      ['  ', null],
      ['1.5', undefined],
      ['1,23', undefined],
      ['12345,678', undefined],
      ['NULL', undefined],
      ['1e3', undefined],
      ['２２１', undefined],
      ['many', undefined],
      [true, undefined],
      [[7], undefined],
    ],
  ],
  toId: [
    toId,
    [
      [7, 7],
      ['7', 7],
      [0, null],
      ['0', null],
      [-7, undefined],
    ],
  ],
  toIdText: [
    toIdText,
    [
      ['A-7', 'A-7'],
      [7, '7'],
      [0, null],
      ['0', null],
      [false, undefined],
    ],
  ],
  toCount: [
    toCount,
    [
      [3, 3],
      ['3.0', 3],
      [2_147_483_647, 2_147_483_647],
      [2_147_483_648, undefined],
      [-1, undefined],
    ],
  ],
  toClientNumber: [
    toClientNumber,
    [
      ['289789809', '289789809'],
      [289789809, '289789809'],
      [89789809, '089789809'],
      [7, '000000007'],
      ['089789809', '089789809'],
      [0, null],
      ['0', null],
      ['000000000', null],
      [true, undefined],
    ],
  ],
  toFlag: [
    toFlag,
    [
      [1, true],
      ['1', true],
      [true, true],
      [0, false],
      ['0', false],
      [false, false],
      [2, undefined],
      ['true', true],
      ['FALSE', false],
      ['1.0', true],
      ['0.0', false],
      [' 1 ', true],
      ['yes', true],
      ['No', false],
      ['是', true],
      ['无', false],
      ['   ', null],
      ['2', undefined],
      ['maybe', undefined],
      ['__proto__', undefined],
      [[], undefined],
    ],
  ],
  toUrl: [
    toUrl,
    [
      ['https://www.bangwo8.com/a/1.json', 'https://www.bangwo8.com/a/1.json'],
      ['HTTP://h/x', 'HTTP://h/x'],
      [' https://h/x\n', 'https://h/x'],
      ['  ', null],
      ['https://h/\ud83d', 'https://h/\ufffd'],
      ['https:/h', undefined],
      ['//h/x', undefined],
      ['/api/v1', undefined],
      ['javascript:alert(1)', undefined],
      ['data:text/html,x', undefined],
      ['https://h/ x', undefined],
      ['https://h/\nx', undefined],
      ['https://', undefined],
      ['https://[', undefined],
      [7, undefined],
    ],
  ],
}

for (const [name, [decode, table]] of Object.entries(TABLES)) {
  test.each(table)(`${name}(%j) is %j`, (value, decoded) => {
    expect(decode(value)).toBe(decoded)
  })

  test.each([undefined, null, ''])(`${name}(%j) is no value`, value => {
    expect(decode(value)).toBeNull()
  })
}
