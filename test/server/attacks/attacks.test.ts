import { describe, expect, it } from 'vitest'
import { cpuMs, leastOfThree } from '../../measure.ts'
import { GRAPHQL_RESPONSE } from '../gateway.ts'
import { type Attack, ask } from './attack.ts'
import { useAttackedGateway } from './attacked-gateway.ts'
import { ATTACKS } from './known-attacks.ts'
import { MODES } from './modes.ts'
import { LARGE_DOCUMENTS, ODD_REQUESTS, WRONG_VALUES } from './odd-requests.ts'

/** So long the gateway, its caller and the emulator may compute together. */
const MOST_CPU_MS = 200

describe.each(MODES)('with callers that are %s', mode => {
  const attacked = useAttackedGateway(mode, {
    documents: { isIntrospectable: false },
    hasGraphiql: false,
  })

  async function attack({ method = 'POST', path = '', headers = GRAPHQL_RESPONSE, body }: Attack) {
    const { gateway, headers: known } = attacked()
    const response = await fetch(gateway.url + path, {
      method,
      headers: { ...known, ...headers },
      ...(body && { body }),
    })
    const text = await response.text()
    const everything = [text, gateway.takeWritten(), ...[...response.headers].flat()].join('\n')
    expect(gateway.leaksIn(everything)).toEqual([])
    expect(everything).not.toContain('access-control-allow')
    expect(everything).not.toMatch(/INTERNAL_SERVER_ERROR|unexpected-error|\bat \w+ \(/)
    return { status: response.status, text, headers: response.headers }
  }

  describe('is refused without a call', () => {
    it.each([...ATTACKS, ...ODD_REQUESTS, ...LARGE_DOCUMENTS, ...WRONG_VALUES])(
      '%s',
      async (_, attempt, refusal) => {
        let answer: Awaited<ReturnType<typeof attack>> | undefined
        const tryIt = async () => {
          answer = await attack(attempt)
        }
        const tookMs = await leastOfThree(MOST_CPU_MS, () => cpuMs(tryIt))
        const { status, text = '' } = answer ?? {}
        const { errors } = JSON.parse(text)
        expect(`${status} ${errors[0].extensions.code}`).toBe(refusal)
        expect(errors.length).toBeLessThanOrEqual(5)
        expect(text.length).toBeLessThan(2000)
        expect(attacked().gateway.emulator.callLines()).toEqual([])
        expect(tookMs).toBeLessThan(MOST_CPU_MS)
      },
    )
  })

  describe('gives nothing away', () => {
    it('a name that is nearly right', async () => {
      const { text } = await attack(ask('{ remoteRecordz { totalCount } }'))
      expect(text).not.toMatch(/mean|remoteRecords/)
    })

    it('a header that asks for debugging', async () => {
      const debugging = { 'x-debug': '1', 'apollo-federation-include-trace': 'ftv1' }
      const headers = { ...GRAPHQL_RESPONSE, ...debugging }
      const { text } = await attack({ ...ask('{ __typename }'), headers })
      expect(JSON.parse(text)).toEqual({ data: { __typename: 'Query' } })
    })

    it('a browser that looks for GraphiQL', async () => {
      for (const path of ['', '/graphiql', '/playground', '/altair', '/voyager']) {
        const headers = { accept: 'text/html' }
        const { status, text } = await attack({ method: 'GET', path, headers })
        expect([path, status]).toEqual([path, 404])
        expect(text).not.toMatch(/<script|<html/i)
      }
    })

    it('a GET that a page of another site can send, if browsers remember what its caller brings', async () => {
      const { accept } = GRAPHQL_RESPONSE
      const path = '?query={remoteRecords{totalCount}}'
      const { status } = await attack({ method: 'GET', path, headers: { accept } })
      expect(status).toBe(mode === 'jwt' ? 200 : 403)
      expect(attacked().gateway.emulator.calls).toHaveLength(mode === 'jwt' ? 1 : 0)
    })

    it('what runs here', async () => {
      const { headers } = await attack(ask('{ __typename }'))
      expect(headers.has('server') || headers.has('x-powered-by')).toBe(false)
    })

    it('an id of another type, or a forged one', async () => {
      const idOf = (text: string) => Buffer.from(text).toString('base64url')
      for (const id of [idOf('Query:1'), idOf('User:1'), idOf('RemoteRecord:../1'), 'AAAA', '']) {
        const { status, text } = await attack(
          ask('query ($id: ID!) { node(id: $id) { id } }', { id }),
        )
        expect([id, status, JSON.parse(text)]).toEqual([id, 200, { data: { node: null } }])
      }
      expect(attacked().gateway.emulator.callLines()).toEqual([])
    })

    it('a role that the caller gives itself', async () => {
      const claims = { 'x-role': 'admin', 'x-forwarded-user': 'root', 'x-original-url': '/admin' }
      const query = '{ serviceSummary(csId: 1500) { state } }'
      await attack({ ...ask(query), headers: { ...GRAPHQL_RESPONSE, ...claims } })
      expect(attacked().gateway.emulator.calls).toHaveLength(1)
      expect(JSON.stringify(attacked().gateway.emulator.calls)).not.toMatch(
        /x-role|user|original-url|root/,
      )
    })
  })

  it('nothing of all this is in metrics', async () => {
    expect(await attacked().gateway.leaksInMetrics()).toEqual([])
  })
})
