import type { CallersMode } from '../../config.ts'

/** What the editor of headers begins with: JSON with comments. */
export const exampleHeaders = (callers: CallersMode): string => `{${WHO_ASKS[callers]}
  "x-explain": "1"
}`

const WHO_ASKS: Readonly<Record<CallersMode, string>> = {
  passthrough: `
  // Your account. Left as it is, the browser asks.
  "Authorization": "Basic ACCOUNT:PASSWORD",
`,
  jwt: `
  // Put your token in the place of TOKEN.
  "Authorization": "Bearer TOKEN",
`,
  open: '',
}
