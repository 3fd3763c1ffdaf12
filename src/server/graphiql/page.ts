import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { respond } from '../respond.ts'
import { exampleTabs } from './tabs.ts'

export interface PageOptions {
  /** Whether the page has to say that no data is real. */
  readonly isMadeUp: boolean
}

/** Answers with GraphiQL, which is made at the first request for it and kept. */
export function createPage(options: PageOptions) {
  let page: ReturnType<typeof renderPage> | undefined
  return async (_: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    page ??= renderPage(options)
    const { body, policy } = await page
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
    }
    respond(outgoing, 200, headers, body)
  }
}

const TITLE = 'Bangwo8 remote assistance'
const DAY_MS = 24 * 60 * 60 * 1000
const CHINA_MS = 8 * 60 * 60 * 1000

async function renderPage({ isMadeUp }: PageOptions) {
  // Nine megabytes: loaded for those who look at it, not at every start.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({
    title: isMadeUp ? `MADE-UP DATA · ${TITLE}` : TITLE,
    defaultTabs: exampleTabs({ isMadeUp, twoDaysAgo: dayInChina(-2), monthAgo: dayInChina(-30) }),
    shouldPersistHeaders: false,
  })
  const additions = `${STILL_TABS}<script>${PATIENT_RUN}</script>${isMadeUp ? BANNER : ''}`
  const shown = html.replace(/<div id="root">/, root => additions + root)
  return { body: Buffer.from(shown), policy: policyFor(shown) }
}

/**
 * GraphiQL moves a tab away under the pointer at the first click on it: an animation that it hides
 * from tabs without the focus only, so that the click is lost.
 */
const STILL_TABS = '<style>.graphiql-tab { transform: none !important }</style>'

/**
 * For a moment after a tab was left, GraphiQL still has its operation in mind, and would run that
 * one by name on the new tab's text: "Cannot infer operation". Until then a click waits.
 */
const PATIENT_RUN = `
  const SETTLES_AFTER_MS = 700
  let leftAt = -SETTLES_AFTER_MS
  addEventListener('click', event => {
    if (event.target.closest('.graphiql-tab')) leftAt = performance.now()
    const run = event.target.closest('.graphiql-execute-button')
    const wait = leftAt + SETTLES_AFTER_MS - performance.now()
    if (!run || wait <= 0) return
    event.stopImmediatePropagation()
    event.preventDefault()
    setTimeout(() => run.click(), wait)
  }, true)
`

/** As high as the page's margin, so that it covers nothing. */
const BANNER = `<div role="note" style="position:fixed;z-index:10;left:50%;top:0;
  transform:translateX(-50%);padding:0 12px;border-radius:0 0 8px 8px;background:#b45309;color:#fff;
  font:600 11px/16px system-ui,sans-serif;white-space:nowrap;pointer-events:none"
  >Made-up data: no upstream is configured</div>`

const dayInChina = (fromToday: number): string =>
  new Date(Date.now() + CHINA_MS + fromToday * DAY_MS).toISOString().slice(0, 10)

/** Only these very scripts run, and they reach no origin but their own. */
function policyFor(html: string): string {
  const start = html.indexOf('<script>', html.indexOf('<div id="root">')) + '<script>'.length
  const script = html.slice(start, html.lastIndexOf('</script>'))
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)} ${hashOf(PATIENT_RUN)}`,
    "style-src 'unsafe-inline'",
    'worker-src blob:',
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const hashOf = (script: string) =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`
