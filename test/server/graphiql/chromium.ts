import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

const CHROMIUM = '/usr/bin/chromium'

export const isChromiumInstalled = (): boolean => existsSync(CHROMIUM)

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No name leads anywhere, whatever asks for it.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

export interface OpenedPage extends AsyncDisposable {
  readonly page: Page
  /** What the page complained of. */
  readonly complaints: string[]
  /** Requests to any origin but the page's own; all of them were blocked. */
  readonly strayRequests: string[]
}

interface Browser extends AsyncDisposable {
  readonly context: BrowserContext
}

/** Starts a browser that knows nothing yet, and forgets everything at its end. */
export async function startBrowser(options: BrowserContextOptions = {}): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'))
  const viewport = { width: 1400, height: 900 }
  const launch = { executablePath: CHROMIUM, args: FLAGS, viewport, ...options }
  const context = await chromium.launchPersistentContext(profile, launch)
  // It only ends what hangs: a browser on a busy machine takes its time.
  context.setDefaultTimeout(90_000)
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

/** Opens a page in a browser of its own that reaches no other origin, and waits for GraphiQL. */
export async function openGraphiql(
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const browser = await startBrowser(options)
  const { context } = browser
  const { origin } = new URL(url)
  const complaints: string[] = []
  const strayRequests: string[] = []

  await context.route(
    other => other.origin !== origin,
    route => route.abort(),
  )
  context.on('request', request => {
    if (new URL(request.url()).origin !== origin) strayRequests.push(request.url())
  })
  const page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(url, { waitUntil: 'domcontentloaded' })
  await page.waitForSelector('.graphiql-execute-button')

  return {
    page,
    complaints,
    strayRequests,
    [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
  }
}
