import { describe, expect, it } from 'vitest'
import { startTestedGateway } from '../gateway.ts'
import { startRefusingUpstream } from './refusing-upstream.ts'

describe('an upstream that fails', () => {
  it.each<[status: number, code: string]>([
    [500, 'UPSTREAM_UNAVAILABLE'],
    [403, 'FORBIDDEN'],
    [429, 'UPSTREAM_RATE_LIMITED'],
  ])('with %d nulls the branch that asked, as %s, and no other', async (status, code) => {
    await using upstream = await startRefusingUpstream(status)
    await using gateway = await startTestedGateway({ upstreamUrl: upstream.url })
    const answer = await gateway.ask('{ __typename remoteRecords { nodes { csId } } }')
    expect(answer.status).toBe(200)
    expect(answer.body.data).toEqual({ __typename: 'Query', remoteRecords: null })
    expect(answer.body.errors?.map(({ extensions }) => extensions.code)).toEqual([code])
    expect(JSON.stringify(answer.body)).not.toContain(new URL(upstream.url).host)
  })

  it('by not being there is UPSTREAM_UNAVAILABLE, and not named', async () => {
    const url = 'http://127.0.0.1:1/secret-prefix'
    await using gateway = await startTestedGateway({ upstreamUrl: url })
    const { body } = await gateway.ask('{ remoteRecords { totalCount } }')
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_UNAVAILABLE'])
    expect(gateway.logged[0]).toMatchObject({ causes: ['ECONNREFUSED'] })
    expect(JSON.stringify(body) + gateway.loggedText()).not.toMatch(/127\.0\.0\.1|secret-prefix/)
  })
})

describe('too much that goes upstream already', () => {
  const LIST = '{ remoteRecords(first: 1) { nodes { csId } } }'

  it('is 503 with Retry-After for an operation of which nothing is answered', async () => {
    await using gateway = await startTestedGateway({
      emulator: { latencyMs: 3000 },
      limits: { concurrency: 1, maxWaitMs: 50 },
    })
    const first = gateway.ask(LIST)
    await expect.poll(() => gateway.emulator.calls.length).toBe(1)
    const { status, headers, body } = await gateway.ask(LIST)
    expect([status, headers.get('retry-after')]).toEqual([503, '1'])
    expect(body).not.toHaveProperty('data')
    expect(body.errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_RATE_LIMITED', retryable: true, retryAfterMs: 50 } },
    ])
    expect((await first).status).toBe(200)
  })

  it('fails a branch alone if there is anything else to answer', async () => {
    await using gateway = await startTestedGateway({
      emulator: { latencyMs: 3000 },
      limits: { concurrency: 1, maxWaitMs: 50 },
    })
    const first = gateway.ask(LIST)
    await expect.poll(() => gateway.emulator.calls.length).toBe(1)
    const { status, body } = await gateway.ask(`{ __typename ${LIST.slice(1)}`)
    expect(status).toBe(200)
    expect(body.data).toEqual({ __typename: 'Query', remoteRecords: null })
    await first
  })
})
