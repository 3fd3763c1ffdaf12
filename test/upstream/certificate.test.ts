import { afterEach, expect, test, vi } from 'vitest'
import { rejection, visit } from './fake-upstream.ts'
import { startTlsServer } from './tls-server.ts'

afterEach(() => vi.unstubAllEnvs())

test.each(['1', '0'])(
  'a certificate that nobody vouches for is refused, with NODE_TLS_REJECT_UNAUTHORIZED=%s',
  async value => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', value)
    await using server = await startTlsServer()
    await using visitor = visit(`https://localhost:${server.port}`)
    expect(await rejection(visitor.get())).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: false,
      message:
        'The upstream cannot be reached for the list of service records: expected a valid certificate, got another.',
    })
    expect(server.requestCount()).toBe(0)
  },
)
