/** What a scan of JSON with comments stands in. */
type State = 'between' | 'string' | 'line comment' | 'block comment'

const FIRST_ALLOWED = 0x20
/** A thousand lines for each row of a full page; more would only block the event loop. */
const MAX_ESCAPED = 100_000

/**
 * The text with control characters in its strings, such as a line break or a tab, escaped as JSON
 * wants it; the text as it is if they are too many. Comments stay: a quote in one begins no string.
 */
export function escapeRawControls(text: string): string {
  const parts: string[] = []
  let state: State = 'between'
  let keptTo = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (state === 'string') {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) state = 'between'
      else if (code < FIRST_ALLOWED) {
        if (parts.length >= 2 * MAX_ESCAPED) return text
        parts.push(text.slice(keptTo, at), escapeOf(code))
        keptTo = at + 1
      }
    } else if (state === 'between') {
      if (code === QUOTE) state = 'string'
      else if (code === SLASH) state = COMMENTS[text.charAt(at + 1)] ?? state
    } else if (endsComment(state, text, at)) state = 'between'
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(keptTo)
}

const QUOTE = '"'.charCodeAt(0)
const BACKSLASH = '\\'.charCodeAt(0)
const SLASH = '/'.charCodeAt(0)

const COMMENTS: Readonly<Record<string, State>> = { '/': 'line comment', '*': 'block comment' }

const endsComment = (state: State, text: string, at: number) =>
  state === 'line comment' ? text.charAt(at) === '\n' : text.startsWith('*/', at)

const escapeOf = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`
