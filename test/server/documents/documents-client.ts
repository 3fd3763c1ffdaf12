import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { type Asked, GRAPHQL_RESPONSE, type TestedGateway } from '../gateway.ts'

export const LATEST =
  'query Latest($first: Int) { remoteRecords(first: $first) { nodes { csId } } }'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

interface Answered {
  readonly status: number
  readonly body: Asked['body']
}

export async function answered(response: Response): Promise<Answered> {
  return { status: response.status, body: (await response.json()) as Asked['body'] }
}

export const persistedQuery = (sha256Hash: unknown, version: unknown = 1) => ({
  persistedQuery: { version, sha256Hash },
})

export const latestRecord = {
  status: 200,
  body: { data: { remoteRecords: { nodes: [{ csId: '2999' }] } } },
}

/** What asks the gateway of a test, which starts it later, for documents. */
export function documentsClient(gatewayOf: () => TestedGateway) {
  const post = async (body: object): Promise<Answered> =>
    answered(
      await fetch(gatewayOf().url, {
        method: 'POST',
        headers: GRAPHQL_RESPONSE,
        body: JSON.stringify(body),
      }),
    )

  const get = async (parameters: Record<string, string>): Promise<Answered> =>
    answered(
      await fetch(`${gatewayOf().url}?${new URLSearchParams(parameters)}`, {
        headers: GRAPHQL_RESPONSE,
      }),
    )

  function expectRefusal({ status, body }: Answered, code: string, message?: string) {
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual([code])
    expect(status).toBe(400)
    expect(body).not.toHaveProperty('data')
    if (message) expect(body.errors?.[0]?.message).toBe(message)
    expect(gatewayOf().emulator.callLines()).toEqual([])
  }

  return { post, get, expectRefusal }
}
