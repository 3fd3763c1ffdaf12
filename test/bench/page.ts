import { connect, createServer } from 'node:net'
import type { BrowserContext } from 'playwright-core'
import { startBrowser } from '../server/graphiql/chromium.ts'
import { startGateway } from './contender.ts'
import type { Options } from './options.ts'
import { median } from './statistics.ts'
import { startUpstream } from './upstream.ts'

/** How one visit of GraphiQL went: medians of all browsers. */
export interface Visit {
  readonly title: string
  /** All that came from the gateway, heads included. */
  readonly bytes: number
  /** From the start of the visit until its editors are there, so that one can begin. */
  readonly readyMs: number
  /** Until the first example, run at once, is answered. */
  readonly answerMs: number
}

interface Network {
  readonly title: string
  readonly bytesPerSecond: number
  readonly latencyMs: number
}

const NETWORKS: readonly Network[] = [
  { title: 'this machine', bytesPerSecond: -1, latencyMs: 0 },
  { title: '10 Mbit/s, 40 ms', bytesPerSecond: 1_250_000, latencyMs: 40 },
]
const BROWSERS = 3
/** Browsers keep what they made of a script when they see it the second time. */
const VISITS = ['first', 'second', 'third'] as const
const EDITORS = ['.graphiql-query-editor .view-line', '.graphiql-response .view-lines']

export async function measurePage(options: Options): Promise<Visit[]> {
  await using upstream = await startUpstream()
  await using gateway = await startGateway(options, upstream.url)
  await using wire = await startWire(gateway.origin)
  const visits: Visit[] = []
  for (const network of NETWORKS) {
    const browsers = []
    for (let browser = 0; browser < BROWSERS; browser++)
      browsers.push(await visitRepeatedly(wire, network))
    for (const [at, title] of VISITS.entries()) {
      const same = browsers.map(visits => visits[at]).filter(visit => visit !== undefined)
      visits.push({
        title: `${network.title}, ${title} visit`,
        bytes: median(same.map(({ bytes }) => bytes)),
        readyMs: median(same.map(({ readyMs }) => readyMs)),
        answerMs: median(same.map(({ answerMs }) => answerMs)),
      })
    }
  }
  return visits
}

type Measured = Omit<Visit, 'title'>

async function visitRepeatedly(wire: Wire, network: Network): Promise<Measured[]> {
  await using browser = await startBrowser()
  const visits: Measured[] = []
  for (const _ of VISITS) visits.push(await visit(browser.context, wire, network))
  return visits
}

async function visit(context: BrowserContext, wire: Wire, network: Network): Promise<Measured> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.latencyMs,
    downloadThroughput: network.bytesPerSecond,
    uploadThroughput: network.bytesPerSecond,
  })
  const bytesBefore = wire.bytes
  const startedAtMs = performance.now()
  await page.goto(`${wire.origin}/graphql`, { waitUntil: 'commit' })
  for (const editor of EDITORS) await page.waitForSelector(editor, { state: 'attached' })
  const readyMs = performance.now() - startedAtMs
  await page.click('.graphiql-execute-button')
  await page.locator('.graphiql-response').getByText('"data"').waitFor()
  const answerMs = performance.now() - startedAtMs
  await page.waitForTimeout(1000)
  await page.close()
  return { bytes: wire.bytes - bytesBefore, readyMs, answerMs }
}

interface Wire extends AsyncDisposable {
  readonly origin: string
  /** What has come through it from the gateway. */
  readonly bytes: number
}

/** Stands between the browser and a gateway, and counts. */
async function startWire(gateway: string): Promise<Wire> {
  let bytes = 0
  const server = createServer(browser => {
    const toGateway = connect(Number(new URL(gateway).port), '127.0.0.1')
    toGateway.on('data', chunk => {
      bytes += chunk.byteLength
    })
    browser.pipe(toGateway).pipe(browser)
    browser.on('error', () => toGateway.destroy())
    toGateway.on('error', () => browser.destroy())
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject).listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    get bytes() {
      return bytes
    },
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}
