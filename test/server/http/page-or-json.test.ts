import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

const BROWSERS = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** The media type that is answered to a GET. */
async function typeFor(accept: string, search = ''): Promise<string | undefined> {
  const { headers } = await fetch(gateway.url + search, { headers: { accept } })
  return headers.get('content-type')?.split(';')[0]
}

describe('a GET is answered with a page', () => {
  it.each([
    [BROWSERS],
    ['text/html'],
    ['text/*'],
    ['application/json;q=0.9, text/html'],
    ['text/html, application/json'],
    ['text/html, */*'],
    ['text/html;q=0.2, application/json;q=0'],
  ])('if that is preferred: %s', async accept => {
    expect(await typeFor(accept)).toBe('text/html')
  })

  it('if a link with a query is opened in a browser', async () => {
    expect(await typeFor(BROWSERS, '?query={__typename}')).toBe('text/html')
  })
})

describe('a GET is answered with JSON', () => {
  it.each([
    ['application/json'],
    ['*/*'],
    ['application/json, text/html'],
    ['application/json, text/html;q=0.9'],
    ['text/html;q=0.5, application/json'],
    ['text/html;q=0.5, */*'],
    ['text/html;q=0, */*'],
    ['application/json;q=0.4, text/html;q=0.3, */*;q=0.1'],
  ])('if that is preferred: %s', async accept => {
    expect(await typeFor(accept, '?query={__typename}')).toBe('application/json')
  })

  it('if both weigh the same, and the URL has a query', async () => {
    expect(await typeFor('text/html, application/json', '?query={__typename}')).toBe(
      'application/json',
    )
  })
})
