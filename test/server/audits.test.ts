import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from './gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** A GET says that no page of another site sends it. */
const fetchFromNoPage = (url: string, { headers, ...init }: RequestInit = {}) =>
  fetch(url, { ...init, headers: { ...headers, 'graphql-require-preflight': '1' } })

describe('GraphQL over HTTP', () => {
  for (const audit of serverAudits({ url: () => gateway.url, fetchFn: fetchFromNoPage })) {
    it(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn()
      if (result.status !== 'ok') throw new Error(result.reason)
    })
  }
})
