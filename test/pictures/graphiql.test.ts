import { existsSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pathTo, readText } from '../repository/repository.ts'
import { startTestedGateway } from '../server/gateway.ts'
import { isChromiumInstalled, type OpenedPage, openGraphiql } from '../server/graphiql/chromium.ts'
import { ANSWER, shownIn, tabTitles } from '../server/graphiql/page-actions.ts'

const PICTURE = pathTo('test/pictures/graphiql.png')
/** What the picture shows, as far as it is the same on every day. */
const SHOWN = pathTo('test/pictures/graphiql.txt')

async function shownBy(opened: OpenedPage): Promise<string> {
  const titles = await tabTitles(opened.page)
  const query = (await shownIn(opened, '.graphiql-query-editor')).replaceAll(/\d+/g, '0')
  return [await opened.page.title(), ...titles, query, ''].join('\n')
}

test('the picture of GraphiQL shows it as it is', async ({ skip }) => {
  if (!isChromiumInstalled()) skip('chromium is not installed')
  await using gateway = await startTestedGateway({ emulator: { now: () => new Date() } })
  await using opened = await openGraphiql(gateway.url, { viewport: { width: 1280, height: 780 } })
  await expect.poll(() => shownIn(opened, ANSWER)).toContain('"nodes"')
  const shown = await shownBy(opened)
  const isUpToDate = existsSync(PICTURE) && existsSync(SHOWN) && readText(SHOWN) === shown
  if (!isUpToDate) {
    // The editors color what they hold bit by bit.
    await opened.page.waitForTimeout(3000)
    writeFileSync(PICTURE, await opened.page.screenshot())
    writeFileSync(SHOWN, shown)
  }
  expect(
    isUpToDate,
    'GraphiQL looks different. Its picture was taken anew: look at it, and commit it',
  ).toBe(true)
})
