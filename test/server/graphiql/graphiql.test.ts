import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../../src/emulator/accounts.ts'
import { startIssuer } from '../callers/issuer.ts'
import { type Asked, startTestedGateway, type TestedGateway } from '../gateway.ts'
import { isChromiumInstalled, type OpenedPage, openGraphiql } from './chromium.ts'
import { ANSWER, answerTo, RUN, rewrite, run, runTab, shownIn, TAB_BUTTON } from './page-actions.ts'

beforeEach(ctx => {
  if (!isChromiumInstalled()) ctx.skip('chromium is not installed')
})

/** The records in the answer, whichever way they were asked for. */
function recordsIn({ data }: Asked['body']): Record<string, unknown>[] {
  const records = data?.remoteRecords as Record<string, Record<string, unknown>[]> | undefined
  const owner = (data?.agent ?? data?.client) as { remoteRecords: typeof records } | undefined
  return (records ?? owner?.remoteRecords)?.nodes ?? []
}

const codesIn = ({ errors = [] }: Asked['body']) => [
  ...new Set(errors.map(({ extensions }) => extensions.code)),
]

const TABS: readonly [tab: string, name: string, shown: string][] = [
  ['Open today 今天未完成', 'OpenToday', '"nodes"'],
  ['Unresolved 本周未解决', 'UnresolvedThisWeek', '"recordsRead"'],
  ['Badly rated 差评', 'BadlyRated', '"chatMessages"'],
  ["An agent's day 客服的一天", 'AgentsDay', '"durationSeconds"'],
  ["A client's history 客户历史", 'ClientsHistory', '"recordsRead"'],
  ['Turnover 营业额', 'Turnover', '"paidPrice"'],
  ['Everything, then new 全量与增量', 'EverythingThenNew', '"endCursor"'],
  ['What it costs 费用', 'WhatItCosts', '"atMost"'],
]
const TAB_TITLES = TABS.map(([tab]) => tab)
const titleOf = (name: string) => TABS.find(([, each]) => each === name)?.[0] ?? name

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
  })

  it('has a tab for each question, with a title in two languages', async () => {
    expect(await opened.page.locator(TAB_BUTTON).allTextContents()).toEqual(TAB_TITLES)
  })

  it('is the same at a second visit', async () => {
    await opened.page.waitForTimeout(1000)
    await opened.page.reload({ waitUntil: 'domcontentloaded' })
    await expect.poll(() => opened.page.locator(TAB_BUTTON).allTextContents()).toEqual(TAB_TITLES)
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
    const mayBeEmpty = name === 'OpenToday' || name === 'Turnover'
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
    const tabs = await opened.page.locator(TAB_BUTTON).allTextContents()
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
    expect(await opened.page.innerText('.cost')).toContain('once you have run something')
    const answer = await runTab(opened, titleOf('BadlyRated'), 'BadlyRated')
    expect(answer.errors).toBeUndefined()
    expect(recordsIn(answer)).not.toHaveLength(0)
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
    expect((await run(opened, 'OpenToday')).errors).toBeUndefined()
    const encoded = btoa(`${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`)
    await bring(opened, `Basic ${encoded}`)
    expect((await run(opened, 'OpenToday')).errors).toBeUndefined()
  })

  it('keeps no account beyond the page', async () => {
    await using opened = await open({ httpCredentials: NOBODYS })
    await bring(opened, `Basic ${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`)
    await run(opened, 'OpenToday')
    await opened.page.waitForTimeout(1000)
    const kept = await opened.page.evaluate('JSON.stringify(localStorage)')
    expect(kept).toContain('query OpenToday')
    expect(kept).not.toContain(ADMINISTRATOR.password)
  })

  it('shows a wrong password, in place of which the browser puts no other', async () => {
    await using opened = await open({ httpCredentials: ADMINISTRATORS })
    await bring(opened, `Basic ${ADMINISTRATOR.account}:错误的密码`)
    expect(codesIn(await run(opened, 'OpenToday'))).toEqual(['UNAUTHENTICATED'])
    await expect.poll(() => shownIn(opened, ANSWER)).toContain('"code": "UNAUTHENTICATED"')
  })

  it('shows what an account may see, and says what it may not', async () => {
    await using opened = await open({ httpCredentials: NOBODYS })
    await bring(opened, `Basic ${SUMMARY_AGENT.account}:${SUMMARY_AGENT.password}`)
    expect(codesIn(await run(opened, 'OpenToday'))).toEqual(['FORBIDDEN'])
  })
})

describe('GraphiQL where callers bring a token', () => {
  it('has a place for it among the headers, and sends none before it is there', async () => {
    await using issuer = await startIssuer()
    await using gateway = await startTestedGateway({ ...UP_TO_TODAY, jwt: issuer.expected })
    await using opened = await openGraphiql(gateway.url)
    const sent = opened.page.waitForRequest(request => request.method() === 'POST')
    const refused = run(opened, 'OpenToday')
    expect(await (await sent).headerValue('authorization')).toBeNull()
    expect(codesIn(await refused)).toEqual(['UNAUTHENTICATED'])
    await expect
      .poll(() => shownIn(opened, '.graphiql-editor-tool'))
      .toContain('"Authorization": "Bearer TOKEN"')
    const token = await issuer.token({ scope: 'record:read contact:read chat:read' })
    const headers = JSON.stringify({ Authorization: `Bearer ${token}` })
    await opened.page.evaluate(
      `monaco.editor.getModels().find(({ uri }) => uri.path.endsWith('request-headers.json')).setValue(${JSON.stringify(headers)})`,
    )
    expect((await run(opened, 'OpenToday')).errors).toBeUndefined()
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
