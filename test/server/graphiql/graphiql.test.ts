import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'
import { isChromiumInstalled, type OpenedPage, openGraphiql } from './chromium.ts'
import { codesIn, recordsIn, TABS, titleOf, UP_TO_TODAY } from './example-tabs.ts'
import {
  ANSWER,
  answerTo,
  RUN,
  rewrite,
  run,
  runTab,
  shownIn,
  TAB_BUTTON,
  tabTitles,
} from './page-actions.ts'

beforeEach(ctx => {
  if (!isChromiumInstalled()) ctx.skip('chromium is not installed')
})

const TAB_TITLES = TABS.map(([tab]) => tab)

describe('GraphiQL on the emulator, with no other origin to be reached', () => {
  let gateway: TestedGateway
  let opened: OpenedPage

  beforeAll(async () => {
    if (!isChromiumInstalled()) return
    gateway = await startTestedGateway(UP_TO_TODAY)
    opened = await openGraphiql(gateway.url)
  })
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]()
    await gateway?.[Symbol.asyncDispose]()
  })

  it('says that its data is made up', async () => {
    expect(await opened.page.title()).toBe('MADE-UP DATA · Bangwo8 remote assistance')
    expect(await opened.page.textContent('[role=note]')).toContain('Made-up data')
  })

  it('has a tab for each question, with a title in two languages', async () => {
    expect(await tabTitles(opened.page)).toEqual(TAB_TITLES)
  })

  it('is the same at a second visit', async () => {
    await opened.page.waitForTimeout(1000)
    await opened.page.reload({ waitUntil: 'domcontentloaded' })
    await expect.poll(() => tabTitles(opened.page)).toEqual(TAB_TITLES)
    await expect.poll(() => shownIn(opened, '.graphiql-query-editor')).toContain('query OpenToday')
  })

  it('opens with the operation that a link has', async () => {
    await using linked = await openGraphiql(`${gateway.url}?query={linked:__typename}`)
    await expect.poll(() => shownIn(linked, '.graphiql-query-editor')).toBe('{linked:__typename}')
  })

  it.each(TABS)('runs %s as it is: %s shows %s', async (tab, name, shown) => {
    const answer = await runTab(opened, tab, name)
    expect(answer.errors).toBeUndefined()
    // Right after midnight in China, nothing is open yet.
    const mayBeEmpty = ['OpenToday', 'AgentsMonth', 'Turnover'].includes(name)
    if (!mayBeEmpty) expect(recordsIn(answer)).not.toEqual([])
    await opened.page.locator(ANSWER).getByText(shown).first().waitFor()
  })

  it('shows the whole of a record, chat and summary included', async () => {
    await opened.page.click('[popovertarget=examples]')
    await opened.page.click('[data-example=OneRecordWhole]')
    const answer = await run(opened, 'OneRecordWhole')
    expect(recordsIn(answer)[0]).toMatchObject({
      agent: { name: expect.any(String) },
      problemType: { label: expect.any(String) },
      chatMessages: { totalCount: expect.any(Number) },
      serviceSummary: { state: expect.any(String) },
    })
  })

  it('asks for the cost of an answer by a header that one can see', async () => {
    const { extensions } = await runTab(opened, titleOf('WhatItCosts'), 'WhatItCosts')
    expect(extensions).toMatchObject({ upstream: { expected: 4, made: 4 } })
    await opened.page.click('.graphiql-editor-tools button:has-text("Headers")')
    await expect.poll(() => shownIn(opened, '.graphiql-editor-tool')).toContain('"x-explain": "1"')
  })

  it('tells in its documentation what the graph is for', async () => {
    await opened.page.click('[aria-label="Show Documentation Explorer"]')
    const documentation = opened.page.locator('.graphiql-doc-explorer')
    await documentation.getByText('远程协助服务记录').waitFor()
    await documentation.getByText('RemoteRecord', { exact: true }).click()
    await documentation.getByText('服务记录').first().waitFor()
    await opened.page.click('[aria-label="Hide Documentation Explorer"]')
  })

  it.each<[what: string, document: string, code: string, message: RegExp]>([
    [
      'an argument out of its range',
      'query Wrong { remoteRecords(first: 1000) { totalCount } }',
      'BAD_USER_INPUT',
      /first must be from 0 to 100/,
    ],
    [
      'an operation that needs too many calls',
      'query Wrong { remoteRecords(first: 100) { nodes { chatMessages { totalCount } serviceSummary { state } agent { name } } } }',
      'UPSTREAM_CALL_LIMIT',
      /\d+ .*calls/,
    ],
    [
      'a field that is not there',
      'query Wrong { nothing }',
      'GRAPHQL_VALIDATION_FAILED',
      /nothing/,
    ],
  ])('shows %s so that one can read it', async (_, document, code, message) => {
    await opened.page.locator(TAB_BUTTON).nth(TAB_TITLES.indexOf('Badly rated 差评')).click()
    await rewrite(opened, '.graphiql-query-editor', document)
    expect(codesIn(await run(opened, 'Wrong'))).toEqual([code])
    await expect.poll(() => shownIn(opened, ANSWER)).toMatch(message)
    expect(await shownIn(opened, ANSWER)).not.toContain('stack')
  })

  it('has all its tabs again when it is loaded again, and none twice', async () => {
    await runTab(opened, titleOf('EverythingThenNew'), 'EverythingThenNew')
    await opened.page.waitForTimeout(1000)
    await opened.page.reload({ waitUntil: 'domcontentloaded' })
    await opened.page.waitForSelector(RUN)
    const tabs = await tabTitles(opened.page)
    expect(tabs.toSorted()).toEqual(
      [...TAB_TITLES, 'One record, whole 一条完整记录', 'Wrong']
        .filter(tab => !tab.startsWith('Badly rated'))
        .toSorted(),
    )
    expect(new URL(opened.page.url()).search).toBe('')
    expect((await runTab(opened, titleOf('WhatItCosts'), 'WhatItCosts')).extensions).toHaveProperty(
      'upstream',
    )
  })

  it('has nothing to complain of, and asks no other origin', () => {
    // Chromium tells of each 400, which the wrong operations above were to get.
    const complaints = opened.complaints.filter(text => !/status of 400/.test(text))
    expect(complaints).toEqual([])
    expect(opened.strayRequests).toEqual([])
  })

  it('says so when no answer comes', async () => {
    await opened.page.context().route(gateway.url, route => route.abort())
    await opened.page.click(RUN)
    await expect.poll(() => shownIn(opened, ANSWER)).toContain('Does the gateway still run?')
  })

  it('says so when the answer is none of GraphQL', async () => {
    const fulfilled = { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }
    await opened.page.context().route(gateway.url, route => route.fulfill(fulfilled))
    await opened.page.click(RUN)
    await expect
      .poll(() => shownIn(opened, ANSWER))
      .toContain('Expected an answer of GraphQL, got 502')
  })
})

describe('GraphiQL in a window as narrow as a phone’s', () => {
  const PHONE = { width: 390, height: 844 }

  it('has the tab in sight that an example is in', async () => {
    await using gateway = await startTestedGateway(UP_TO_TODAY)
    await using opened = await openGraphiql(gateway.url, { viewport: PHONE })
    const { page } = opened
    await page.click('[popovertarget=examples]')
    await page.click('[data-example=WhatItCosts]')
    await expect.poll(() => shownIn(opened, '.graphiql-query-editor')).toContain('WhatItCosts')
    const endOf = async (part: string) => {
      const { x = 0, width = 0 } = (await page.locator(part).boundingBox()) ?? {}
      return Math.floor(x + width)
    }
    expect(await endOf('.graphiql-tab-active')).toBeLessThanOrEqual(await endOf('.graphiql-tabs'))
  })

  it('has all its parts within the window, to be used with a finger', async () => {
    await using gateway = await startTestedGateway(UP_TO_TODAY)
    await using opened = await openGraphiql(gateway.url, {
      viewport: PHONE,
      isMobile: true,
      hasTouch: true,
    })
    const { page } = opened
    const answer = answerTo(opened, 'OpenToday')
    await page.tap(RUN)
    expect(recordsIn(await answer)).not.toHaveLength(0)
    await page.locator(ANSWER).getByText('"nodes"').waitFor()

    const widthOf = async (part: string) => {
      const box = await page.locator(part).boundingBox()
      expect(box, part).not.toBeNull()
      const { x = -1, y = -1, width = 0, height = 0 } = box ?? {}
      expect(x, part).toBeGreaterThanOrEqual(0)
      expect(y, part).toBeGreaterThanOrEqual(0)
      expect(x + width, part).toBeLessThanOrEqual(PHONE.width)
      expect(y + height, part).toBeLessThanOrEqual(PHONE.height)
      expect(height, part).toBeGreaterThan(30)
      return width
    }
    expect(await widthOf('.graphiql-query-editor')).toBeGreaterThan(340)
    expect(await widthOf(ANSWER)).toBeGreaterThan(340)
    expect(await widthOf('.graphiql-sidebar')).toBe(PHONE.width)
    expect(await widthOf(RUN)).toBeGreaterThanOrEqual(40)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width)

    await page.tap('[aria-label="Show Documentation Explorer"]')
    expect(await widthOf('.graphiql-plugin')).toBe(PHONE.width)
    await page.tap('[aria-label="Hide Documentation Explorer"]')
    await page.tap('.graphiql-editor-tools button:has-text("Headers")')
    await expect.poll(() => shownIn(opened, '.graphiql-editor-tool')).toContain('x-explain')
    expect(opened.complaints).toEqual([])
  })
})
