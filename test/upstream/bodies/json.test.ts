import { expect, test } from 'vitest'
import { parseJson } from '../../../src/upstream/bodies/json.ts'
import { cpuMs, leastOfThree } from '../../measure.ts'

function parse(text: string) {
  let isTolerated = false
  const value = parseJson(text, () => {
    isTolerated = true
  })
  return { value, isTolerated }
}

test('strict JSON is not tolerated, it is right', () => {
  expect(parse('{"a":"/* no // comment */,]"}')).toEqual({
    value: { a: '/* no // comment */,]' },
    isTolerated: false,
  })
})

test.each([
  ['{"a":1,}', { a: 1 }],
  ['[1,2,]', [1, 2]],
  ['[[1,],{"b":[],},]', [[1], { b: [] }]],
  ['{"a":1 , /* why */ // not\n }', { a: 1 }],
  ['// first\n{"a":/*x*/1}// last', { a: 1 }],
  ['/**/[]', []],
  ['["\\"//", "/*",]', ['"//', '/*']],
  ['{"status":"120001" ,\n "message":"No service summary template",\n}', expect.anything()],
  ['[//自定义字段\n{"key":"field_3","value":"1" //复选框\n}]', [{ key: 'field_3', value: '1' }]],
])('comments and trailing commas are passed over: %j', (text, value) => {
  expect(parse(text)).toEqual({ value, isTolerated: true })
})

test.each([
  ['{"a":"one\ntwo\tthree\r\n"}', { a: 'one\ntwo\tthree\r\n' }],
  ['["\u0000\u001f"]', ['\u0000\u001f']],
  ['{"\n":"\\"\n\\\\"}', { '\n': '"\n\\' }],
  ['[ // it\'s "raw\n"\n",]', ['\n']],
  ['[/* " */"\t"]', ['\t']],
  ['["a // b\n", "/*\n", ]', ['a // b\n', '/*\n']],
])('control characters in a string are what they are: %j', (text, value) => {
  expect(parse(text)).toEqual({ value, isTolerated: true })
})

test('as many control characters as only an attack has are refused in a moment', async () => {
  const lines = (count: number) => `["${'\n'.repeat(count)}"]`
  expect(parse(lines(100_000)).isTolerated).toBe(true)
  const text = lines(8 * 1024 * 1024)
  const refuse = () => expect(() => parse(text)).toThrow(SyntaxError)
  expect(await leastOfThree(400, () => cpuMs(refuse))).toBeLessThan(400)
})

test.each([
  '',
  '{',
  '[1',
  '[1,',
  '[1,]/*',
  '[1,/*]',
  '[,]',
  '[1,,]',
  '[,1]',
  '{,}',
  '{"a":,}',
  '{"a",}',
  '{"a":1 "b":2}',
  '[1 2,]',
  '[1/**/2]',
  "['a',]",
  '{a:1,}',
  '[01,]',
  '[NaN,]',
  '["\n',
  '["\\\n"]',
  '[\u0000]',
  '{"a\n":1 "b":2}',
  '[1]// "\n" */"',
  '/*/[1]',
  '[1,]]',
  '[1,]x',
  '#[1]',
  '// only a comment',
])('nothing else is passed over: %j', text => {
  expect(() => parse(text)).toThrow(SyntaxError)
})

test('a text too long to be worth it is not tolerated', () => {
  expect(() => parse(`[1,]${' '.repeat(1024 * 1024)}`)).toThrow(SyntaxError)
})

test.each([
  ['12345678901234567890.12', '12345678901234567890.12'],
  ['-0.1234567890123456789', '-0.1234567890123456789'],
  ['1.2345678901234567e3', '1.2345678901234567e3'],
  ['12345678901234567890', '12345678901234567890'],
  ['9007199254740993', '9007199254740993'],
  ['-12345678901234567890', '-12345678901234567890'],
  ['9007199254740992', 9007199254740992],
  ['1234567890123456', 1234567890123456],
  ['234.00', 234],
  ['123456789012.34', 123456789012.34],
  ['"12345678901234567890.12"', '12345678901234567890.12'],
  ['null', null],
])('a number of %s loses no digit, wherever it stands', (literal, number) => {
  const text = `{"rows":[{"csId":1,"x" : ${literal},"other":1.5},${literal},  ${literal}]}`
  expect(parse(text).value).toEqual({ rows: [{ csId: 1, x: number, other: 1.5 }, number, number] })
  expect(parse(text.replace(']', ',]')).value).toEqual(parse(text).value)
  for (let blanks = 0; blanks < 20; blanks++)
    expect(parse(`${' '.repeat(blanks)}[${literal}]`).value).toEqual([number])
})

test('a key of __proto__ is a key like any other', () => {
  const long = '{"__proto__":{"csId":12345678901234567890}}'
  for (const text of ['{"__proto__":{"csId":7}}', '{"__proto__":{"csId":7},}', long]) {
    const value = parse(text).value as { csId?: unknown }
    expect(value.csId).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  }
})
