import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'
import { isChromiumInstalled, type OpenedPage, openGraphiql } from './chromium.ts'
import { UP_TO_TODAY } from './example-tabs.ts'
import {
  ANSWER,
  answerTo,
  LAPTOP,
  QUERY,
  RUN,
  rewrite,
  run,
  shownIn,
  TAB_BUTTON,
  tabTitles,
} from './page-actions.ts'

beforeEach(ctx => {
  if (!isChromiumInstalled()) ctx.skip('chromium is not installed')
})

let gateway: TestedGateway
let opened: OpenedPage
beforeAll(async () => {
  if (!isChromiumInstalled()) return
  gateway = await startTestedGateway(UP_TO_TODAY)
  opened = await openGraphiql(gateway.url, LAPTOP)
})
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]()
  await gateway?.[Symbol.asyncDispose]()
})

const openTab = (title: string) => opened.page.click(`${TAB_BUTTON}:has-text("${title}")`)
const newTab = () => opened.page.click('.graphiql-tab-add')
const costLine = () => opened.page.locator('.cost').innerText()
const titles = () => tabTitles(opened.page)

describe('at the first visit, on made-up data', () => {
  it('the first tab runs by itself', async () => {
    await expect.poll(() => shownIn(opened, ANSWER)).toContain('"nodes"')
    await expect.poll(costLine).toMatch(/^\d+ calls? expected.* · \d+ made in \d+ ms$/)
  })

  it('all tabs are seen at once at 1280 pixels', async () => {
    const hidden = await opened.page.evaluate(`
      const strip = document.querySelector('.graphiql-tabs')
      strip.scrollWidth - strip.clientWidth
    `)
    expect(hidden).toBe(0)
  })

  it('nothing of the editors is cut at 1280 pixels', async () => {
    const widths = await opened.page.evaluate(`
      monaco.editor.getEditors().map(each => [each.getScrollWidth(), each.getLayoutInfo().contentWidth])
    `)
    // Those of variables and headers are closed, and have no room.
    const open = (widths as [text: number, room: number][]).filter(([, room]) => room > 0)
    expect(open).toHaveLength(2)
    for (const [text, room] of open) expect(text).toBeLessThanOrEqual(room)
  })

  it('variables are shown for a tab that has some, and nothing below one that has none', async () => {
    const shownTool = () => opened.page.locator('.graphiql-editor-tools .active').allTextContents()
    expect(await shownTool()).toEqual([])
    await openTab("An agent's day")
    await expect.poll(shownTool).toEqual(['Variables'])
    await expect.poll(() => shownIn(opened, '.graphiql-editor-tool')).toContain('"servicerId"')
    await openTab('Turnover')
    await expect.poll(shownTool).toEqual([])
    await openTab("A client's history")
    await expect.poll(shownTool).toEqual(['Variables'])
  })

  it('has no mark of a library', async () => {
    expect(await opened.page.locator('.graphiql-logo').isVisible()).toBe(false)
    expect(await opened.page.locator('.bar > svg').isVisible()).toBe(true)
  })

  it.each([
    ['客服', 'RemoteRecord.agent'],
    ['评价', 'RemoteRecord.rating'],
    ['problem label', 'ProblemType.label'],
    ['rating comment', 'RemoteRecord.ratingComment'],
  ])('finds what is described by %s', async (words, name) => {
    await opened.page.click('[popovertarget=search]')
    await opened.page.fill('#search input', words)
    const names = opened.page.locator('#search li b')
    await expect.poll(() => names.allTextContents()).toContain(name)
    await opened.page.click('[popovertarget=search]')
  })

  it('says nothing of what only routers ask for', async () => {
    await opened.page.click('[aria-label="Show Documentation Explorer"]')
    await opened.page.click(
      '.graphiql-doc-explorer-type-name, .graphiql-plugin a:has-text("Query")',
    )
    const plugin = opened.page.locator('.graphiql-plugin')
    await expect.poll(() => plugin.innerText()).toContain('remoteRecords')
    expect(await plugin.innerText()).not.toMatch(/_entities|_service|_Any|_Entity/)
    await opened.page.click('[aria-label="Hide Documentation Explorer"]')
  })
})

describe('the examples', () => {
  it('are there even if their tabs were closed, and open in a new one', async () => {
    await openTab('What it costs')
    await opened.page.click(
      '.graphiql-tab-active .graphiql-tab-close, .graphiql-tab-active [aria-label="Close Tab"]',
    )
    await expect.poll(titles).not.toContain('What it costs 费用')
    await opened.page.click('[popovertarget=examples]')
    await opened.page.click('[data-example=WhatItCosts]')
    await expect.poll(titles).toContain('What it costs 费用')
    await expect.poll(() => shownIn(opened, QUERY)).toContain('query WhatItCosts')
    const { extensions } = await run(opened, 'WhatItCosts')
    expect(extensions).toMatchObject({ upstream: { made: 4 } })
  })

  it('that are open are shown, and not opened twice', async () => {
    const before = await titles()
    await opened.page.click('[popovertarget=examples]')
    await opened.page.click('[data-example=AgentsDay]')
    await expect.poll(() => shownIn(opened, QUERY)).toContain('query AgentsDay')
    expect(await titles()).toEqual(before)
  })
})

describe('what was run', () => {
  it('is in the history, from which it opens again with its variables', async () => {
    await openTab("An agent's day")
    await run(opened, 'AgentsDay')
    await newTab()
    await rewrite(opened, QUERY, 'query Other { __typename }')
    await run(opened, 'Other')
    await opened.page.click('[popovertarget=history]')
    const items = opened.page.locator('#history li')
    expect(await items.first().innerText()).toContain('Other')
    await items.filter({ hasText: "An agent's day" }).click()
    await expect.poll(() => shownIn(opened, QUERY)).toContain('query AgentsDay')
    await expect.poll(() => shownIn(opened, '.graphiql-editor-tool')).toContain('"servicerId"')
  })

  it('can be forgotten', async () => {
    await opened.page.click('[popovertarget=history]')
    await opened.page.click('#forget')
    expect(await opened.page.locator('#history li').count()).toBe(0)
    await opened.page.keyboard.press('Escape')
  })
})

describe('a link', () => {
  it('has the query and the variables of the tab, where no server sees them', async () => {
    await opened.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await openTab("An agent's day")
    await opened.page.click('#share')
    await expect.poll(() => opened.page.innerText('#share')).toBe('Link copied')
    const link = String(await opened.page.evaluate('navigator.clipboard.readText()'))
    expect(new URL(link).search).toBe('')
    await using linked = await openGraphiql(link, LAPTOP)
    await expect.poll(() => shownIn(linked, QUERY)).toContain('query AgentsDay')
    await expect.poll(() => shownIn(linked, '.graphiql-editor-tool')).toContain('"servicerId"')
    expect(await linked.page.innerText(ANSWER)).not.toContain('data')
  })
})

describe('the line below the editor', () => {
  it.each([
    ['{ __typename }', 'Needs no calls'],
    ['{ remoteRecords(first: 1) { totalCount } }', '1 call expected'],
    [
      '{ remoteRecords(first: 100) { nodes { chatMessages { totalCount } serviceSummary { state } agent { name } } } }',
      /^Can need \d+ calls: more than the 250 that may be made$/,
    ],
    ['{ nothing', ''],
  ])('says what %s costs before it runs', async (query, expected) => {
    await newTab()
    gateway.emulator.clearCalls()
    await rewrite(opened, QUERY, query)
    if (expected === '') {
      await opened.page.waitForTimeout(1000)
      expect(await costLine()).toBe('')
      expect(gateway.logged.at(-1)).not.toMatchObject({ outcome: 'refused' })
    } else await expect.poll(costLine).toMatch(expected)
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('says how many were made, and what is expected of another operation only', async () => {
    await newTab()
    await rewrite(opened, QUERY, 'query Count { remoteRecords(first: 1) { totalCount } }')
    await run(opened, 'Count')
    await expect.poll(costLine).toMatch(/^1 call expected · 1 made in \d+ ms$/)
    await rewrite(opened, QUERY, 'query Count { a: __typename }')
    await expect.poll(costLine).toBe('Needs no calls')
  })
})

describe('the operation that runs', () => {
  /** Runs the operation of that name, from the menu of the button. */
  async function choose(name: string) {
    const answer = answerTo(opened, name)
    await opened.page.click(RUN)
    await opened.page.click(`[role=menuitem]:has-text("${name}")`)
    return (await answer).data
  }

  it.each([
    ['of two on one line', 'query A { a: __typename } query B { b: __typename }'],
    ['after a comment', 'query A { a: __typename } query # query C {\nB { b: __typename }'],
    [
      'beside a text that looks like one',
      'query A { a: node(id: """query C { c }""") { id } } query B { b: __typename }',
    ],
  ])('is the one that was chosen: %s', async (_, document) => {
    await newTab()
    await opened.page.evaluate(text => {
      const { monaco } = globalThis as unknown as { monaco: Monaco }
      const isQuery = ({ uri }: { uri: { path: string } }) => uri.path.endsWith('operation.graphql')
      monaco.editor.getModels().find(isQuery)?.setValue(text)
    }, document)
    await opened.page.waitForTimeout(500)
    expect(await choose('B')).toEqual({ b: 'Query' })
  })
})

interface Monaco {
  readonly editor: {
    getModels(): { readonly uri: { readonly path: string }; setValue(text: string): void }[]
  }
}

it('a header that HTTP cannot carry is reported as that', async () => {
  await newTab()
  await rewrite(opened, QUERY, 'query Q { __typename }')
  await opened.page.click('.graphiql-editor-tools button:has-text("Headers")')
  await rewrite(opened, '.graphiql-editor-tool', '{"x-note": "备注"}')
  await opened.page.click(RUN)
  await expect.poll(() => shownIn(opened, ANSWER)).toContain('HTTP cannot carry the header')
  expect(await shownIn(opened, ANSWER)).not.toContain('still run?')
})

it('has nothing to complain of, and asks no other origin', () => {
  const complaints = opened.complaints.filter(text => !/status of 400/.test(text))
  expect(complaints).toEqual([])
  expect(opened.strayRequests).toEqual([])
})
