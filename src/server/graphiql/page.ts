import type { CallersMode } from '../../config.ts'
import { GRAPHQL_PATH } from '../http/paths.ts'
import { StaticContent } from '../http/static-content.ts'
import type { Assets } from './assets.ts'
import { exampleHeaders, exampleTabs } from './tabs.ts'

export interface PageOptions {
  /** Whether the page has to say that no data is real. */
  readonly isMadeUp: boolean
  readonly callers: CallersMode
}

const TITLE = 'Bangwo8 remote assistance'
const DAY_MS = 24 * 60 * 60 * 1000
const CHINA_MS = 8 * 60 * 60 * 1000

/** A day in China, such as `2017-08-27`. */
export const dayInChina = (fromToday: number): string =>
  new Date(Date.now() + CHINA_MS + fromToday * DAY_MS).toISOString().slice(0, 10)

/** GraphiQL on this day: its examples name days. */
export function renderPage(options: PageOptions, assets: Assets): StaticContent {
  const { isMadeUp, callers } = options
  const tabs = exampleTabs({ isMadeUp, twoDaysAgo: dayInChina(-2), monthAgo: dayInChina(-30) })
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${isMadeUp ? `MADE-UP DATA · ${TITLE}` : TITLE}</title>
    <link rel="icon" href="${ICON}">
    <link rel="stylesheet" href="${urlOf(assets.style)}">
    <script defer src="${urlOf(assets.script)}"></script>
    <script type="application/json" id="settings">${toJson({
      title: 'Bangwo8',
      tabs,
      headers: exampleHeaders(callers),
      workers: Object.fromEntries(
        Object.entries(assets.workers).map(([label, name]) => [label, urlOf(name)]),
      ),
    })}</script>
  </head>
  <body class="no-focus-outline">
    <noscript>GraphiQL needs JavaScript.</noscript>
    ${isMadeUp ? BANNER : ''}
    <div id="root"></div>
  </body>
</html>
`
  return new StaticContent(Buffer.from(html), HEADERS)
}

const BANNER = '<div role="note" class="banner">Made-up data: no upstream is configured</div>'

/** Relative to the page, so that it holds if a proxy puts a prefix before the path. */
const urlOf = (asset: string) => `.${GRAPHQL_PATH}/${asset}`

/** As it may stand in a script element, which no text within may end. */
const toJson = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#d60590"/><path d="M12 9l12 7-12 7z" fill="#fff"/></svg>',
)}`

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  // Kept by the browser, which asks each time whether it still holds.
  'Cache-Control': 'private, no-cache',
  Vary: 'Accept, Accept-Encoding',
  // Only scripts of this origin run, and they reach no other.
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    // The editor writes styles as it goes.
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}
