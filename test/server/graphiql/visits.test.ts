import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { elapsedMs, leastOfThree } from '../../measure.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'
import { isChromiumInstalled, openGraphiql, startBrowser } from './chromium.ts'
import { TABS, UP_TO_TODAY } from './example-tabs.ts'
import { ANSWER, LAPTOP, QUERY, RUN, shownIn, TAB_BUTTON, tabTitles } from './page-actions.ts'

beforeEach(ctx => {
  if (!isChromiumInstalled()) ctx.skip('chromium is not installed')
})

let gateway: TestedGateway
beforeAll(async () => {
  if (isChromiumInstalled()) gateway = await startTestedGateway(UP_TO_TODAY)
})
afterAll(() => gateway?.[Symbol.asyncDispose]())

describe('another visit', () => {
  it('finds none of what other servers at this address kept', async () => {
    await using browser = await startBrowser(LAPTOP)
    const page = await browser.context.newPage()
    await page.addInitScript(() => {
      const tab = { id: '1', title: 'Foreign', query: 'query Foreign { f }', variables: null }
      const tabs = [{ ...tab, headers: null, operationName: null, response: null }]
      localStorage.setItem('graphiql:tabState', JSON.stringify({ tabs, activeTabIndex: 0 }))
    })
    await page.goto(gateway.url, { waitUntil: 'domcontentloaded' })
    await page.waitForSelector(RUN)
    const kept = await tabTitles(page)
    expect(kept[0]).toBe('Open today 今天未完成')
    expect(kept).not.toContain('Foreign')
  })

  it('finds the day of today in an example that was kept on another', async () => {
    await using browser = await startBrowser(LAPTOP)
    const page = await browser.context.newPage()
    const open = async () => {
      await page.goto(gateway.url, { waitUntil: 'domcontentloaded' })
      await page.waitForSelector(RUN)
      await page.waitForTimeout(1000)
    }
    await open()
    const kept = () => page.evaluate(() => localStorage.getItem('bangwo8:graphiql:tabState'))
    await expect.poll(kept).toMatch(/\d{4}-\d{2}-\d{2}/)
    await page.evaluate(() => {
      const kept = localStorage.getItem('bangwo8:graphiql:tabState') ?? ''
      const old = kept.replaceAll(/\d{4}-\d{2}-\d{2}/g, '2020-02-02')
      localStorage.setItem('bangwo8:graphiql:tabState', old)
    })
    await open()
    expect(await page.innerText(QUERY)).not.toContain('2020-02-02')
    await expect.poll(() => tabTitles(page)).toHaveLength(TABS.length)
  })
})

describe('what the browser keeps', () => {
  it.each([
    '{',
    'null',
    '7',
    '{"tabs":7,"activeTabIndex":0}',
    '{"tabs":[null],"activeTabIndex":0}',
  ])('does not keep the page from opening: %s', async kept => {
    await using browser = await startBrowser(LAPTOP)
    const page = await browser.context.newPage()
    await page.addInitScript(text => {
      for (const key of ['graphiql:tabState', 'runs']) localStorage.setItem(`bangwo8:${key}`, text)
    }, kept)
    await page.goto(gateway.url, { waitUntil: 'domcontentloaded' })
    await page.waitForSelector(RUN)
    await expect.poll(() => page.locator(TAB_BUTTON).count()).toBe(TABS.length)
    await page.click('[popovertarget=history]')
  })
})

describe('before all has come', () => {
  it('the bar and a skeleton are on the screen', async () => {
    await using browser = await startBrowser(LAPTOP)
    const page = await browser.context.newPage()
    await page.route(/graphiql\.[\w-]+\.(?:js|css)$/, () => undefined)
    await page.goto(gateway.url, { waitUntil: 'commit' })
    await page.locator('.skeleton').waitFor()
    expect(await page.innerText('h1')).toBe('Bangwo8 远程协助')
    const painted = () =>
      page.evaluate('performance.getEntriesByName("first-contentful-paint").length')
    await expect.poll(painted).toBe(1)
  })

  it('an answer is on the screen within three seconds, at 10 Mbit/s', async () => {
    const firstAnswerMs = async () => {
      await using browser = await startBrowser(LAPTOP)
      const page = await browser.context.newPage()
      const devtools = await browser.context.newCDPSession(page)
      await devtools.send('Network.enable')
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 20,
        downloadThroughput: 10_000_000 / 8,
        uploadThroughput: 10_000_000 / 8,
      })
      const tookMs = await elapsedMs(async () => {
        await page.goto(gateway.url, { waitUntil: 'commit' })
        await page.locator('.skeleton').getByText('"nodes"').waitFor()
      })
      // The editors take less than three seconds on an idle machine, and eight on a busy one.
      await page.locator(ANSWER).getByText('"nodes"').waitFor()
      return tookMs
    }
    // 0.4 s on a machine with nothing else to do, 2.1 s on one with thirteen tasks for two cores.
    expect(await leastOfThree(3000, firstAnswerMs)).toBeLessThan(3000)
  })

  it('the first example is asked, once, and GraphiQL has the answer too', async () => {
    await using browser = await startBrowser(LAPTOP)
    const page = await browser.context.newPage()
    const runs: string[] = []
    page.on('request', request => {
      if (request.method() === 'POST' && request.headers()['x-explain'] !== 'only')
        runs.push(request.postDataJSON().query)
    })
    await page.goto(gateway.url, { waitUntil: 'commit' })
    await page.locator(ANSWER).getByText('"nodes"').waitFor()
    await expect.poll(() => page.innerText('.cost')).toMatch(/made in \d+ ms$/)
    expect(runs.filter(query => query.includes('OpenToday'))).toHaveLength(1)
  })

  it.each([
    ['who opens a link', '#query=%7B%20linked%3A%20__typename%20%7D', undefined],
    ['who was here before', '', '{"tabs":[],"activeTabIndex":0}'],
  ])('nothing is asked for one %s', async (_, hash, kept) => {
    await using browser = await startBrowser(LAPTOP)
    const page = await browser.context.newPage()
    await page.addInitScript(text => {
      if (text) localStorage.setItem('bangwo8:graphiql:tabState', text)
    }, kept)
    await page.route(/graphiql\.[\w-]+\.js$/, () => undefined)
    const asked: string[] = []
    page.on('request', request => {
      if (request.method() === 'POST') asked.push(request.url())
    })
    const loaded = page.waitForResponse(/first-answer/)
    await page.goto(gateway.url + hash, { waitUntil: 'commit' })
    await loaded
    await page.waitForTimeout(300)
    expect(asked).toEqual([])
  })
})

describe('a link', () => {
  it('opens in the page that is open already', async () => {
    await using linked = await openGraphiql(gateway.url, LAPTOP)
    await linked.page.waitForTimeout(1000)
    await linked.page.goto(
      `${gateway.url}#${new URLSearchParams({ query: '{ linked: __typename }' })}`,
    )
    await expect.poll(() => shownIn(linked, QUERY)).toContain('linked')
  })

  it('of GraphQL over HTTP has variables too', async () => {
    const parts = new URLSearchParams({
      query: 'query L($n: Int) { remoteRecords(first: $n) { totalCount } }',
      variables: '{"n": 1}',
    })
    await using linked = await openGraphiql(`${gateway.url}?${parts}`, LAPTOP)
    await expect.poll(() => shownIn(linked, QUERY)).toContain('query L')
    await expect.poll(() => shownIn(linked, '.graphiql-editor-tool')).toBe('{"n": 1}')
  })
})
