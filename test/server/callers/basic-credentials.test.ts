import { describe, expect, it } from 'vitest'
import { parseBasicCredentials } from '../../../src/server/callers/basic-credentials.ts'

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')
const basic = (text: string | Uint8Array) => `Basic ${base64(text)}`

describe('Basic credentials', () => {
  it.each<[title: string, header: string, account: string, password: string]>([
    ['a pair', basic('a@example.com:secret'), 'a@example.com', 'secret'],
    ['a scheme in any case', `bAsIc ${base64('a:b')}`, 'a', 'b'],
    ['colons in the password', basic('a:b:c'), 'a', 'b:c'],
    ['an empty password', basic('a:'), 'a', ''],
    ['UTF-8', basic('管理员:密码'), '管理员', '密码'],
    ['a byte order mark, as a character', basic('\uFEFFa:b'), '\uFEFFa', 'b'],
  ])('are read from %s', (_, header, account, password) => {
    const found = parseBasicCredentials([header])
    expect([found?.account, found?.password.reveal()]).toEqual([account, password])
  })

  it.each<[title: string, headers: string[]]>([
    ['no header', []],
    ['an empty header', ['']],
    ['another scheme', [`Bearer ${base64('a:b')}`]],
    ['no credentials', ['Basic']],
    ['blank credentials', ['Basic  ']],
    ['what is not base64', ['Basic a:b']],
    ['base64 with junk in it', [`Basic ${base64('a:b')}!`]],
    ['base64 of URLs', ['Basic Pz8_Og==']],
    ['base64 without its padding', [`Basic ${base64('a:bc').replace(/=+$/, '')}`]],
    ['base64 with stray bits', ['Basic YTpiYR==']],
    ['no colon', [basic('ab')]],
    ['an empty user', [basic(':b')]],
    ['a line break', [basic('a:b\r\nX-Role: admin')]],
    ['a null character', [basic('a\0:b')]],
    ['a C1 control character', [basic('a:b\u0085')]],
    ['what is not UTF-8', [basic(Uint8Array.of(0x61, 0x3a, 0xff))]],
    ['two schemes', [`${basic('a:b')}, Bearer abc`]],
    ['two of one scheme', [`${basic('a:b')}, ${basic('c:d')}`]],
    ['a repeated header', [basic('a:b'), basic('a:b')]],
  ])('are not read from %s', (_, headers) => {
    expect(parseBasicCredentials(headers)).toBeUndefined()
  })
})
