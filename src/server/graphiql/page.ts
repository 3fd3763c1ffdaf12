import type { CallersMode } from '../../config.ts'
import { GRAPHQL_PATH } from '../http/paths.ts'
import { StaticContent } from '../http/static-content.ts'
import type { Assets } from './assets.ts'
import { createExamples, type Example } from './examples.ts'
import { exampleHeaders } from './headers.ts'

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
  const examples = createExamples({
    isMadeUp,
    today: dayInChina(0),
    twoDaysAgo: dayInChina(-2),
    weekAgo: dayInChina(-6),
    monthAgo: dayInChina(-30),
  })
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${isMadeUp ? `MADE-UP DATA · ${TITLE}` : TITLE}</title>
    <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(MARK)}">
    <style>${assets.firstStyle}</style>
    <link rel="preload" as="style" href="${urlOf(assets.style)}">
    <script defer src="${urlOf(assets.script)}"></script>
    ${assets.modules.map(scriptOf).join('\n    ')}
    <script type="application/json" id="settings">${toJson({
      examples,
      isMadeUp,
      isOpen: callers === 'open',
      headers: exampleHeaders(callers),
      workers: Object.fromEntries(
        Object.entries(assets.workers).map(([label, name]) => [label, urlOf(name)]),
      ),
    })}</script>
  </head>
  <body class="no-focus-outline">
    <header class="bar">
      ${MARK}
      <h1>Bangwo8 <span lang="zh">远程协助</span></h1>
      <button type="button" popovertarget="examples">Examples <span lang="zh">示例</span></button>
      <button type="button" popovertarget="history">History <span lang="zh">历史</span></button>
      <button type="button" popovertarget="search">Find <span lang="zh">查找</span></button>
      <button type="button" id="share">Copy link <span lang="zh">分享</span></button>
      ${isMadeUp ? MADE_UP : ''}
    </header>
    <section class="pane" id="examples" popover aria-label="Examples">
      <ul>${examples.map(itemOf).join('')}</ul>
    </section>
    <section class="pane" id="history" popover aria-label="History">
      <p>What you ran in this browser, the latest first.</p>
      <ul></ul>
      <button type="button" id="forget">Forget it all</button>
    </section>
    <section class="pane" id="search" popover aria-label="Find">
      <input type="search" placeholder="rating, 客服, chat …" aria-label="Words in names and descriptions">
      <output></output>
      <ul></ul>
    </section>
    <main id="root">
      <noscript>GraphiQL needs JavaScript.</noscript>
      ${SKELETON}
    </main>
    <script type="module" src="${urlOf(assets.firstModule)}" async fetchpriority="high"></script>
    <!-- Here, so that what is above is on the screen before it has come. -->
    <link rel="stylesheet" href="${urlOf(assets.style)}">
  </body>
</html>
`
  return new StaticContent(Buffer.from(html), HEADERS)
}

const itemOf = ({ name, title, chineseTitle, about }: Example) => `
        <li><button type="button" data-example="${name}">
          <b>${title} <span lang="zh">${chineseTitle}</span></b> ${about}
        </button></li>`

const MADE_UP = '<p role="note">Made-up data: no upstream is configured</p>'

/** Where GraphiQL will be: its editor to the left, its answer to the right. Both may be there first. */
const SKELETON = `<div class="skeleton" role="status" aria-label="GraphiQL is loading">
        <div><i></i><i></i><i></i><i></i><i></i><i></i><pre></pre></div>
        <div><pre></pre></div>
      </div>`

/** They run in this order, after GraphiQL's own script; those that were imported already, not again. */
const scriptOf = (name: string) => `<script type="module" src="${urlOf(name)}"></script>`

/** Relative to the page, so that it holds if a proxy puts a prefix before the path. */
const urlOf = (asset: string) => `.${GRAPHQL_PATH}/${asset}`

/** As it may stand in a script element, which no text within may end. */
const toJson = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#d60590"/><path d="M7 9h18v11H15l-5 4v-4H7z" fill="#fff"/><circle cx="12" cy="14.5" r="1.7" fill="#d60590"/><circle cx="20" cy="14.5" r="1.7" fill="#d60590"/></svg>'

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
