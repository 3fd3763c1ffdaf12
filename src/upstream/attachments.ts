import { isUrlWithBlanks } from './wire/wire.ts'

/** A comma, full-width ones too, or a blank that the next URL follows. */
const BETWEEN_URLS = /[,;、\uff0c\uff1b\s](?=https?:\/\/)/i
/** More files than anyone attaches: checking them would only block the event loop. */
const MAX_PARTS = 10_000
const SEPARATORS = new Set(',;、\uff0c\uff1b \u3000\t\r\n')

/**
 * The URLs of a value that is nothing but download URLs with commas between them. Only what a next
 * URL follows separates two of them: names of files have commas and blanks too. Empty for any other
 * text. A part that is no URL is left out, and `onUnreadable` is called.
 */
export function toAttachments(value: string, onUnreadable: () => void): string[] {
  const text = withoutSeparators(value)
  if (!/^https?:\/\//i.test(text)) return []
  const parts = text.split(BETWEEN_URLS, MAX_PARTS + 1).map(withoutSeparators)
  const urls = parts.length > MAX_PARTS ? [] : parts.filter(isUrlWithBlanks)
  if (urls.length < parts.length) onUnreadable()
  return urls
}

/** Without the separators at both of its ends. */
function withoutSeparators(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && SEPARATORS.has(text.charAt(from))) from++
  while (to > from && SEPARATORS.has(text.charAt(to - 1))) to--
  return text.slice(from, to)
}
