import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/accounts.ts'
import { isChromiumInstalled, type OpenedPage, openGraphiql } from './chromium.ts'
import { type Asked, startTestedGateway, type TestedGateway } from './gateway.ts'

beforeEach(ctx => {
  if (!isChromiumInstalled()) ctx.skip('chromium is not installed')
})

const TAB_BUTTON = '.graphiql-tab-button'
/** Goes to a tab and at once runs what it holds. */
async function runTab({ page }: OpenedPage, tab: string): Promise<Asked['body']> {
  const answered = page.waitForResponse(
    response => response.request().postDataJSON()?.operationName === tab,
  )
  await page.click(`${TAB_BUTTON}:has-text("${tab}")`)
  await page.click('.graphiql-execute-button')
  return (await answered).json()
}

/** The records in the answer, whichever way they were asked for. */
function recordsIn({ data }: Asked['body']): Record<string, unknown>[] {
  const records = data?.remoteRecords as Record<string, Record<string, unknown>[]> | undefined
  return records?.nodes ?? records?.edges ?? []
}

describe('GraphiQL on the emulator, with no other origin to be reached', () => {
  let gateway: TestedGateway
  let opened: OpenedPage

  beforeAll(async () => {
    if (!isChromiumInstalled()) return
    // Examples look at days up to today.
    gateway = await startTestedGateway({ emulator: { now: () => new Date() } })
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

  it('has the five example tabs', async () => {
    expect(await opened.page.locator(TAB_BUTTON).allTextContents()).toEqual([
      'LatestRecords',
      'WholeRecord',
      'AgentsAndTheirRecords',
      'LookForTrouble',
      'PageByPage',
    ])
  })

  it.each<[tab: string, shown: string]>([
    ['LatestRecords', '"label"'],
    ['WholeRecord', '"sessionId"'],
    ['AgentsAndTheirRecords', '"servicerId"'],
    ['LookForTrouble', '"isResolved"'],
    ['PageByPage', '"endCursor"'],
  ])('runs %s as it is, and shows %s', async (tab, shown) => {
    const answer = await runTab(opened, tab)
    expect(answer.errors).toBeUndefined()
    expect(recordsIn(answer).length).toBeGreaterThan(0)
    await opened.page.locator('.graphiql-response').getByText(shown).first().waitFor()
  })

  it('shows the whole of a record, chat and summary included', async () => {
    const answer = await runTab(opened, 'WholeRecord')
    expect(recordsIn(answer)[0]).toMatchObject({
      agent: { name: expect.any(String) },
      problemType: { label: expect.any(String) },
      chatMessages: { totalCount: expect.any(Number) },
      serviceSummary: { state: expect.any(String) },
    })
  })

  it('has nothing to complain of, and asks no other origin', () => {
    expect(opened.complaints).toEqual([])
    expect(opened.strayRequests).toEqual([])
  })
})

describe('GraphiQL where callers bring an account', () => {
  it('is shown to everyone, and has the browser ask for the account', async () => {
    await using gateway = await startTestedGateway({ sharedAccount: null, isMadeUp: false })
    const { account: username, password } = ADMINISTRATOR
    await using opened = await openGraphiql(gateway.url, {
      httpCredentials: { username, password },
    })
    expect(await opened.page.title()).toBe('Bangwo8 remote assistance')
    expect(await opened.page.locator('[role=note]').count()).toBe(0)
    const answer = await runTab(opened, 'LatestRecords')
    expect(answer.errors).toBeUndefined()
    expect(recordsIn(answer)).toHaveLength(10)
  })
})
