import { deflateRawSync } from 'node:zlib'
import type { Answer } from '../answers/answer.ts'

/** Gives the answer that is sent in place of one. */
export type WireChange = (answer: Answer) => Answer

/** The body in GBK, and a header that says so by one of its names. */
export function inGbk(charset: 'gbk' | 'gb2312' | 'gb18030' = 'gbk'): WireChange {
  const bytesOf = gbkBytes()
  return answer => ({
    ...answer,
    headers: { ...answer.headers, 'Content-Type': `application/json; charset=${charset}` },
    body: Buffer.concat(Array.from(textOf(answer), character => bytesOf(character))),
  })
}

/** `Content-Encoding: deflate` without zlib's frame, as some old servers understand the word. */
export const inRawDeflate: WireChange = answer => ({
  ...answer,
  headers: { ...answer.headers, 'Content-Encoding': 'deflate' },
  body: deflateRawSync(answer.body),
})

/** A page for browsers, as a balancer sends for a path that it cannot place. */
export const htmlPage =
  (status: number): WireChange =>
  () => ({
    status,
    headers: { 'Content-Type': 'text/html' },
    body: `<html><body><h1>${status}</h1></body></html>`,
  })

/** Newlines and tabs inside of texts as they are, though JSON wants them escaped. */
export const rawControlCharacters: WireChange = answer => ({
  ...answer,
  body: textOf(answer).replaceAll(/(?<!\\)\\([nt])/g, (_, kind) => (kind === 'n' ? '\n' : '\t')),
})

const textOf = ({ body }: Answer) =>
  typeof body === 'string' ? body : Buffer.from(body).toString()

// Node decodes GBK but does not encode it: the table is found by decoding all pairs of bytes.
function gbkBytes(): (character: string) => Uint8Array {
  const decoder = new TextDecoder('gbk')
  const table = new Map<string, Uint8Array>()
  for (let first = 0x81; first <= 0xfe; first++)
    for (let second = 0x40; second <= 0xfe; second++) {
      const bytes = Uint8Array.of(first, second)
      const character = decoder.decode(bytes)
      if (character.length === 1 && character !== '\ufffd') table.set(character, bytes)
    }
  return character => {
    const code = character.charCodeAt(0)
    const bytes = code < 0x80 ? Uint8Array.of(code) : table.get(character)
    if (!bytes) throw new RangeError(`GBK has no bytes for U+${code.toString(16)}`)
    return bytes
  }
}
