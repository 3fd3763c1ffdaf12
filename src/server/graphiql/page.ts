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
const SHOWN_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000
const CHINA_MS = 8 * 60 * 60 * 1000

async function renderPage({ isMadeUp }: PageOptions) {
  // Nine megabytes: loaded for those who look at it, not at every start.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const since = new Date(Date.now() + CHINA_MS - SHOWN_DAYS * DAY_MS).toISOString().slice(0, 10)
  const html = renderGraphiQL({
    title: isMadeUp ? `MADE-UP DATA · ${TITLE}` : TITLE,
    defaultTabs: exampleTabs({ isMadeUp, since }),
    shouldPersistHeaders: false,
  })
  const shown = isMadeUp ? html.replace(/<div id="root">/, root => BANNER + root) : html
  return { body: Buffer.from(shown), policy: policyFor(shown) }
}

const BANNER = `<div role="note" style="position:fixed;z-index:10;left:50%;top:4px;transform:translateX(-50%);
  padding:2px 12px;border-radius:10px;background:#b45309;color:#fff;font:600 12px/18px system-ui,sans-serif;
  pointer-events:none">Made-up data: no upstream is configured</div>`

/** Only this very script runs, and it reaches no origin but its own. */
function policyFor(html: string): string {
  const script = html.slice(
    html.indexOf('<script>') + '<script>'.length,
    html.lastIndexOf('</script>'),
  )
  const hash = createHash('sha256').update(script).digest('base64')
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
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
