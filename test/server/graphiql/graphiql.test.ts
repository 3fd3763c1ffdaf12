import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../../src/emulator/accounts.ts'
import { type Asked, startTestedGateway, type TestedGateway } from '../gateway.ts'
import { isChromiumInstalled, type OpenedPage, openGraphiql } from './chromium.ts'

beforeEach(ctx => {
  if (!isChromiumInstalled()) ctx.skip('chromium is not installed')
})

const TAB_BUTTON = '.graphiql-tab-button'
const RUN = '.graphiql-execute-button'
const ANSWER = '.graphiql-response'

/** The answer to the operation of that name which the page asks for next. */
async function answerTo({ page }: OpenedPage, name: string): Promise<Asked['body']> {
  const answered = await page.waitForResponse(
    response => response.request().postDataJSON()?.operationName === name,
  )
  return answered.json()
}

/** Runs what the tab that one sees holds: an operation of that name. */
async function run(opened: OpenedPage, name: string): Promise<Asked['body']> {
  const answer = answerTo(opened, name)
  await opened.page.click(RUN)
  return answer
}

/** Goes to a tab and at once runs what it holds. */
async function runTab(opened: OpenedPage, tab: string): Promise<Asked['body']> {
  const answer = answerTo(opened, tab)
  await opened.page.click(`${TAB_BUTTON}:has-text("${tab}")`)
  await opened.page.click(RUN)
  return answer
}

/** Puts a line in place of all that an editor holds, as soon as the editor takes it. */
async function rewrite(opened: OpenedPage, editor: string, line: string): Promise<void> {
  const { page } = opened
  const write = async () => {
    await page.locator(`${editor} .monaco-editor:visible`).first().click()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.insertText(line)
    // The editor closes brackets of its own accord.
    await page.keyboard.press('ControlOrMeta+Shift+End')
    await page.keyboard.press('Delete')
    // What it suggests may cover the button that runs.
    await page.keyboard.press('Escape')
    expect(await shownIn(opened, editor)).toBe(line)
  }
  await vi.waitFor(write, { timeout: 15_000 })
}

/** The text that an editor shows, without the blanks of its layout. */
const shownIn = async ({ page }: OpenedPage, part: string) =>
  (await page.locator(`${part} .view-lines:visible`).innerText()).replace(/\s+/g, ' ')

/** The records in the answer, whichever way they were asked for. */
function recordsIn({ data }: Asked['body']): Record<string, unknown>[] {
  const records = data?.remoteRecords as Record<string, Record<string, unknown>[]> | undefined
  return records?.nodes ?? records?.edges ?? []
}

const codesIn = ({ errors = [] }: Asked['body']) => [
  ...new Set(errors.map(({ extensions }) => extensions.code)),
]

const TABS: readonly [tab: string, shown: string][] = [
  ['NewestRecords', '"label"'],
  ['OneRecordWhole', '"sessionId"'],
  ['ChatsAndSummaries', '"serviceSummary"'],
  ['WorkOfAgents', '"servicerId"'],
  ['LookForTrouble', '"isResolved"'],
  ['PageByPage', '"endCursor"'],
  ['WhatItCosts', '"atMost"'],
]
const TAB_NAMES = TABS.map(([tab]) => tab)

// Examples look at days up to today.
const UP_TO_TODAY = { emulator: { now: () => new Date() } }

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
    expect(await opened.page.textContent('.graphiql-query-editor')).toContain('MADE-UP')
  })

  it('has example tabs with names, from a list down to what it all costs', async () => {
    expect(await opened.page.locator(TAB_BUTTON).allTextContents()).toEqual(TAB_NAMES)
  })

  it('is the same at a second visit', async () => {
    await opened.page.waitForTimeout(1000)
    await opened.page.reload({ waitUntil: 'domcontentloaded' })
    await expect.poll(() => opened.page.locator(TAB_BUTTON).allTextContents()).toEqual(TAB_NAMES)
    await expect.poll(() => shownIn(opened, '.graphiql-query-editor')).toContain('NewestRecords')
  })

  it('opens with the operation that a link has', async () => {
    await using linked = await openGraphiql(`${gateway.url}?query={linked:__typename}`)
    await expect.poll(() => shownIn(linked, '.graphiql-query-editor')).toBe('{linked:__typename}')
  })

  it.each(TABS)('runs %s as it is, and shows %s', async (tab, shown) => {
    const answer = await runTab(opened, tab)
    expect(answer.errors).toBeUndefined()
    expect(recordsIn(answer).length).toBeGreaterThan(0)
    await opened.page.locator(ANSWER).getByText(shown).first().waitFor()
  })

  it('shows the whole of a record, chat and summary included', async () => {
    const answer = await runTab(opened, 'OneRecordWhole')
    expect(recordsIn(answer)[0]).toMatchObject({
      agent: { name: expect.any(String) },
      problemType: { label: expect.any(String) },
      chatMessages: { totalCount: expect.any(Number) },
      serviceSummary: { state: expect.any(String) },
    })
  })

  it('asks for the cost of an answer by a header that one can see', async () => {
    const { extensions } = await runTab(opened, 'WhatItCosts')
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
    await opened.page.locator(TAB_BUTTON).nth(TAB_NAMES.indexOf('LookForTrouble')).click()
    await rewrite(opened, '.graphiql-query-editor', document)
    expect(codesIn(await run(opened, 'Wrong'))).toEqual([code])
    await expect.poll(() => shownIn(opened, ANSWER)).toMatch(message)
    expect(await shownIn(opened, ANSWER)).not.toContain('stack')
  })

  it('has all its tabs again when it is loaded again, and none twice', async () => {
    await runTab(opened, 'PageByPage')
    await opened.page.waitForTimeout(1000)
    await opened.page.reload({ waitUntil: 'domcontentloaded' })
    await opened.page.waitForSelector(RUN)
    const tabs = await opened.page.locator(TAB_BUTTON).allTextContents()
    expect(tabs.toSorted()).toEqual(
      [...TAB_NAMES, 'Wrong'].filter(tab => tab !== 'LookForTrouble').toSorted(),
    )
    expect(new URL(opened.page.url()).search).toBe('')
    expect((await runTab(opened, 'WhatItCosts')).extensions).toHaveProperty('upstream')
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

describe('GraphiQL where callers bring an account', () => {
  const ADMINISTRATORS = { username: ADMINISTRATOR.account, password: ADMINISTRATOR.password }
  /** What a browser is told that asks for an account: a wrong one, and then it asks no more. */
  const NOBODYS = { username: 'nobody', password: 'nothing' }

  async function open(options: BrowserContextOptions) {
    const gateway = await startTestedGateway({
      ...UP_TO_TODAY,
      sharedAccount: null,
      isMadeUp: false,
    })
    const opened = await openGraphiql(gateway.url, options)
    return {
      ...opened,
      async [Symbol.asyncDispose]() {
        await opened[Symbol.asyncDispose]()
        await gateway[Symbol.asyncDispose]()
      },
    }
  }

  async function bring(opened: OpenedPage, account: string): Promise<void> {
    await opened.page.click('.graphiql-editor-tools button:has-text("Headers")')
    await rewrite(opened, '.graphiql-editor-tool', JSON.stringify({ Authorization: account }))
  }

  it('is shown to everyone, and has the browser ask for the account', async () => {
    await using opened = await open({ httpCredentials: ADMINISTRATORS })
    expect(await opened.page.title()).toBe('Bangwo8 remote assistance')
    expect(await opened.page.locator('[role=note]').count()).toBe(0)
    const answer = await runTab(opened, 'NewestRecords')
    expect(answer.errors).toBeUndefined()
    expect(recordsIn(answer)).toHaveLength(10)
  })

  it('has a place for the account among the headers, where it need not be encoded', async () => {
    await using opened = await open({ httpCredentials: NOBODYS })
    await opened.page.click('.graphiql-editor-tools button:has-text("Headers")')
    await expect
      .poll(() => shownIn(opened, '.graphiql-editor-tool'))
      .toContain('"Authorization": "Basic ACCOUNT:PASSWORD"')
    await opened.page.click(RUN)
    await expect.poll(() => shownIn(opened, ANSWER)).toContain('"code": "UNAUTHENTICATED"')
    await bring(opened, `Basic ${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`)
    expect(recordsIn(await run(opened, 'NewestRecords'))).toHaveLength(10)
    const encoded = btoa(`${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`)
    await bring(opened, `Basic ${encoded}`)
    expect(recordsIn(await run(opened, 'NewestRecords'))).toHaveLength(10)
  })

  it('keeps no account beyond the page', async () => {
    await using opened = await open({ httpCredentials: NOBODYS })
    await bring(opened, `Basic ${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`)
    await run(opened, 'NewestRecords')
    await opened.page.waitForTimeout(1000)
    const kept = await opened.page.evaluate('JSON.stringify(localStorage)')
    expect(kept).toContain('NewestRecords')
    expect(kept).not.toContain(ADMINISTRATOR.password)
  })

  it('shows a wrong password, in place of which the browser puts no other', async () => {
    await using opened = await open({ httpCredentials: ADMINISTRATORS })
    await bring(opened, `Basic ${ADMINISTRATOR.account}:错误的密码`)
    expect(codesIn(await run(opened, 'NewestRecords'))).toEqual(['UNAUTHENTICATED'])
    await expect.poll(() => shownIn(opened, ANSWER)).toContain('"code": "UNAUTHENTICATED"')
  })

  it('shows what an account may see, and says what it may not', async () => {
    await using opened = await open({ httpCredentials: NOBODYS })
    await bring(opened, `Basic ${SUMMARY_AGENT.account}:${SUMMARY_AGENT.password}`)
    expect(codesIn(await run(opened, 'NewestRecords'))).toEqual(['FORBIDDEN'])
  })
})

describe('GraphiQL in a window as narrow as a phone’s', () => {
  const PHONE = { width: 390, height: 844 }

  it('has all its parts within the window, to be used with a finger', async () => {
    await using gateway = await startTestedGateway(UP_TO_TODAY)
    await using opened = await openGraphiql(gateway.url, {
      viewport: PHONE,
      isMobile: true,
      hasTouch: true,
    })
    const { page } = opened
    const answer = answerTo(opened, 'NewestRecords')
    await page.tap(RUN)
    expect(recordsIn(await answer)).toHaveLength(10)
    await page.locator(ANSWER).getByText('"totalCount"').waitFor()

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
