import type { Page, Request } from 'playwright-core'
import { expect, vi } from 'vitest'
import type { Asked } from '../gateway.ts'
import type { OpenedPage } from './chromium.ts'

export const TAB_BUTTON = '.graphiql-tab-button'
export const RUN = '.graphiql-execute-button'
export const ANSWER = '.graphiql-response'
export const QUERY = '.graphiql-query-editor'
export const LAPTOP = { viewport: { width: 1280, height: 800 } }

/** The answer to the operation of that name that the page runs next. */
export async function answerTo({ page }: OpenedPage, name: string): Promise<Asked['body']> {
  const answered = await page.waitForResponse(response => isRunOf(response.request(), name))
  return answered.json()
}

/** The page asks for the plan of an operation too: that is no run of it. */
const isRunOf = (request: Request, name: string) =>
  request.headers()['x-explain'] !== 'only' &&
  new RegExp(`\\b${name}\\b`).test(request.postDataJSON()?.query)

/** Runs what the tab that one sees holds: an operation of that name. */
export async function run(opened: OpenedPage, name: string): Promise<Asked['body']> {
  const answer = answerTo(opened, name)
  await opened.page.click(RUN)
  return answer
}

/** Goes to a tab and at once runs what it holds. */
export async function runTab(
  opened: OpenedPage,
  tab: string,
  name: string,
): Promise<Asked['body']> {
  const answer = answerTo(opened, name)
  await opened.page.click(`${TAB_BUTTON}:has-text("${tab}")`)
  await opened.page.click(RUN)
  return answer
}

/** Puts a line in place of all that an editor holds, as soon as the editor takes it. */
export async function rewrite(opened: OpenedPage, editor: string, line: string): Promise<void> {
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
    // Long lines are wrapped, wherever that may be.
    expect(withoutBlanks(await shownIn(opened, editor))).toBe(withoutBlanks(line))
  }
  await vi.waitFor(write, { timeout: 60_000 })
}

const withoutBlanks = (text: string) => text.replace(/\s/g, '')

/** The titles of all tabs: each has a line for each language. */
export async function tabTitles(page: Page): Promise<string[]> {
  const texts = await page.locator(TAB_BUTTON).allTextContents()
  return texts.map(text => text.replace('\n', ' '))
}

/** The text that an editor shows, without the blanks of its layout. */
export const shownIn = async ({ page }: OpenedPage, part: string) =>
  (await page.locator(`${part} .view-lines:visible`).innerText()).replace(/\s+/g, ' ')
