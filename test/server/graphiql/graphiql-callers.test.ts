import type { BrowserContextOptions } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../../src/emulator/answers/accounts.ts'
import { startIssuer } from '../callers/issuer.ts'
import { startTestedGateway } from '../gateway.ts'
import { isChromiumInstalled, type OpenedPage, openGraphiql } from './chromium.ts'
import { codesIn, recordsIn, titleOf, UP_TO_TODAY } from './example-tabs.ts'
import { ANSWER, RUN, rewrite, run, runTab, shownIn } from './page-actions.ts'

beforeEach(ctx => {
  if (!isChromiumInstalled()) ctx.skip('chromium is not installed')
})

describe('GraphiQL where callers bring an account', () => {
  const ADMINISTRATORS = { username: ADMINISTRATOR.account, password: ADMINISTRATOR.password }
  /** What a browser is told that asks for an account: a wrong one, and then it asks no more. */
  const NOBODYS = { username: 'nobody', password: 'nothing' }

  async function open(options: BrowserContextOptions, { isMadeUp = false } = {}) {
    const gateway = await startTestedGateway({
      ...UP_TO_TODAY,
      sharedAccount: null,
      isMadeUp,
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

  it('runs nothing by itself, not even on made-up data: the browser would ask for an account', async () => {
    await using opened = await open({ httpCredentials: ADMINISTRATORS }, { isMadeUp: true })
    await opened.page.waitForTimeout(3000)
    expect(await opened.page.innerText('.cost')).toContain('once you have run something')
    expect(await shownIn(opened, ANSWER)).toBe('')
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
    // It is not known what it would cost: not "Needs no calls".
    await expect.poll(() => opened.page.innerText('.cost')).toMatch(/^\d+ ms$/)
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
