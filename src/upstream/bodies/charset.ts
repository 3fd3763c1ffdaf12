import { isUtf8 } from 'node:buffer'

const CHARSET = /;\s*charset\s*=\s*["']?([\w-]+)/i
/** Names of GB 18030 and of the charsets that it contains. */
const CHINESE = /^(?:x-)?gbk$|^gb_?2312|^gb18030$|^(?:cp|ms|windows-)936$/i

/**
 * The text of a body: in the Chinese charset that its `Content-Type` names, else in UTF-8, which is
 * what JSON is in, whatever other name is given. Undefined if the bytes are no such text.
 */
export function decodeText(bytes: Buffer, contentType: string | undefined): string | undefined {
  const [, charset = ''] = CHARSET.exec(contentType ?? '') ?? []
  if (CHINESE.test(charset)) return decodeChinese(bytes)
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined
}

function decodeChinese(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  } catch (error) {
    // That is how a fatal decoder refuses bytes.
    if (error instanceof TypeError) return undefined
    throw error
  }
}
