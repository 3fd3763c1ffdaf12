import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Emulator } from '../../src/emulator/emulator.ts'
import {
  type BodyChange,
  emptyListAs,
  listAsMap,
  statusInBody,
  summaryValues,
} from '../../src/emulator/odd/odd-bodies.ts'
import {
  bigNumber,
  customFieldsAsMap,
  customFieldsNumbered,
  flagsAsWords,
  inTurn,
  type RowChange,
  timesWithSlashes,
  timesWithT,
  withFields,
} from '../../src/emulator/odd/odd-rows.ts'
import {
  htmlPage,
  inGbk,
  inRawDeflate,
  rawControlCharacters,
  type WireChange,
} from '../../src/emulator/odd/odd-wires.ts'
import {
  call,
  chatRecords,
  HISTORIES,
  HISTORIES_V2,
  type ListBody,
  read,
  serviceSummary,
  startAtNow,
} from './calling.ts'

async function firstText(row: RowChange): Promise<string> {
  await using emulator = await startAtNow({ recordCount: 3, oddities: { lists: { row } } })
  return await (await call(emulator, `${HISTORIES}?per_page=1`)).text()
}

const startWith = (body: BodyChange) =>
  startAtNow({ recordCount: 3, oddities: { everywhere: { body } } })

describe('rows', () => {
  test.each([
    [
      'a number beyond 2^53',
      withFields(1002, { csSId: bigNumber('12345678901234567890') }),
      '"csSId":12345678901234567890,',
    ],
    ['a price with separators', withFields(1002, { csPrice: '1,234.00' }), '"csPrice":"1,234.00"'],
    ['half of a character', withFields(1002, { note: '\ud800' }), '"note":"\\ud800"'],
    ['a time with T', timesWithT, /"csBTime":"2026-0?3-18T\d/],
    ['a time with slashes', timesWithSlashes, /"csBTime":"2026\/0?3\/18 \d/],
    ['a word for a flag', inTurn(withFields(1002, { Remote: 1 }), flagsAsWords), '"Remote":"true"'],
    ['custom fields by name', customFieldsAsMap, /"custom_fields":\{"field_1":"\d{4}",/],
    ['custom fields by number', customFieldsNumbered, '"custom_fields":{"0":{"key":"field_1",'],
  ])('%s', async (_, row, expected) => {
    expect(await firstText(row)).toMatch(expected)
  })

  test('one row is too large, and no other', async () => {
    const text = await firstText(withFields(1002, { note: 'x'.repeat(9 * 2 ** 20) }))
    expect(text.length).toBeGreaterThan(8 * 2 ** 20)
    expect((await firstText(withFields(1001, { note: 'x'.repeat(99_999) }))).length).toBeLessThan(
      9999,
    )
  })
})

describe('bodies', () => {
  test('lists and chats as maps', async () => {
    await using emulator = await startWith(listAsMap)
    const { remoterecords } = await read<ListBody>(emulator, HISTORIES)
    expect(Object.keys(remoterecords)).toEqual(['0', '1', '2'])
    const chat = await (await call(emulator, chatRecords(1000))).text()
    expect(chat).toContain('"contents":{"0":{"spokesman"')
  })

  test('a list without rows is null', async () => {
    await using emulator = await startWith(emptyListAs(null))
    expect(await read(emulator, `${HISTORIES}?page=2`)).toMatchObject({
      remoterecords: null,
      count: 3,
    })
    expect((await read<ListBody>(emulator, HISTORIES)).remoterecords).toHaveLength(3)
  })

  test('a status stands in the body of a 200, beside an empty list too', async () => {
    await using emulator = await startWith(statusInBody('401'))
    const refusal = { status: '401', message: 'refused on purpose' }
    expect(await read(emulator, HISTORIES)).toEqual(refusal)
    emulator.oddities = { lists: { body: statusInBody('429', 'an empty list') } }
    expect(await read(emulator, HISTORIES)).toMatchObject({ status: '429', remoterecords: [] })
  })

  test('attachments with a comma too many', async () => {
    const body = summaryValues('https://files.example.com/a.png,')
    await using emulator = await startAtNow({ oddities: { servicesummary: { body } } })
    const texts = await Promise.all(
      [1000, 1001, 1002].map(async csId => (await call(emulator, serviceSummary(csId))).text()),
    )
    expect(texts.some(text => text.includes('"value":"https://files.example.com/a.png,"'))).toBe(
      true,
    )
  })

  test('only some calls are answered so', async () => {
    await using emulator = await startAtNow({ recordCount: 3 })
    emulator.oddities = {
      lists: { body: (body, { parameters }) => (parameters.page === '2' ? {} : body) },
    }
    expect(await read(emulator, `${HISTORIES}?page=2`)).toEqual({})
    expect(await read(emulator, HISTORIES)).toMatchObject({ count: 3 })
  })
})

describe('bytes', () => {
  const startWired = (wire: WireChange) =>
    startAtNow({ recordCount: 3, oddities: { histories: { wire } } })

  const usualText = async () => {
    await using emulator = await startAtNow({ recordCount: 3 })
    return withoutOrigin(emulator, await (await call(emulator, HISTORIES)).text())
  }
  const withoutOrigin = (emulator: Emulator, text: string) => text.replaceAll(emulator.url, '')

  test.each(['gbk', 'gb2312', 'gb18030'] as const)('a body in %s', async charset => {
    await using emulator = await startWired(inGbk(charset))
    const response = await call(emulator, HISTORIES)
    expect(response.headers.get('content-type')).toBe(`application/json; charset=${charset}`)
    const bytes = await response.arrayBuffer()
    expect(new TextDecoder().decode(bytes)).toContain('\ufffd')
    const text = new TextDecoder(charset).decode(bytes)
    expect(withoutOrigin(emulator, text)).toBe(await usualText())
  })

  test('deflate without a frame', () => {
    const { headers, body } = inRawDeflate({ status: 200, headers: {}, body: '{"a":1}' })
    expect(headers).toEqual({ 'Content-Encoding': 'deflate' })
    expect(inflateRawSync(body).toString()).toBe('{"a":1}')
  })

  test('a page for browsers, from one endpoint alone', async () => {
    await using emulator = await startWired(htmlPage(404))
    const response = await call(emulator, HISTORIES)
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html'])
    expect(await response.text()).toMatch(/^<html>/)
    expect(emulator.calls[0]?.status).toBe(404)
    expect((await call(emulator, HISTORIES_V2)).status).toBe(200)
  })

  test('a newline and a tab in a text, not escaped', async () => {
    const row = withFields(1002, { note: 'one\ntwo\tthree\\n' })
    const oddities = { lists: { row, wire: rawControlCharacters } }
    await using emulator = await startAtNow({ recordCount: 3, oddities })
    const text = await (await call(emulator, HISTORIES)).text()
    expect(text).toContain('"note":"one\ntwo\tthree\\\\n"')
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
  })
})
