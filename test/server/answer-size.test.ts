import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { times } from './attacks/attack.ts'
import { type Issuer, startIssuer } from './callers/issuer.ts'
import { startTestedGateway, type TestedGateway } from './gateway.ts'

let issuer: Issuer
let gateway: TestedGateway
beforeAll(async () => {
  issuer = await startIssuer()
  gateway = await startTestedGateway({ jwt: issuer.expected })
  await ask('{ remoteRecords { nodes { csId } } }')
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await issuer[Symbol.asyncDispose]()
})

/** Asks, and says how long the thread of the gateway, its caller and the emulator worked for it. */
async function ask(query: string) {
  const headers = { authorization: `Bearer ${await issuer.token({ scope: 'record:read' })}` }
  const before = process.threadCpuUsage()
  const { status, body } = await gateway.ask(query, { headers })
  const { user, system } = process.threadCpuUsage(before)
  const code = body.errors?.[0]?.extensions.code
  return { status, code, body, cpuMs: (user + system) / 1000 }
}

const aliased = (field: string, count: number) => times(count, at => `a${at}: ${field}`)
const records = (fields: string) => `remoteRecords(first: 100) { nodes { ${fields} } }`

describe('an answer that is much larger than its question', () => {
  /** The records of ten agents, again for each of 80 records: 8,000 objects by 11 calls. */
  const again = (fields: string) =>
    `{ remoteRecords(first: 80) { nodes { agent { ${records(fields)} } } } }`

  it.each([
    ['many values', again(aliased('description', 90))],
    ['many errors', again(aliased('contactName', 90))],
    ['many errors of one list', `{ ${records(aliased('contactName', 60))} }`],
  ])('is given up: %s', async (_, query) => {
    const { status, body, cpuMs } = await ask(query)
    expect(status).toBe(400)
    expect(body).toEqual({
      errors: [
        {
          message: expect.stringMatching(/^Expected an answer of at most 100000 fields/),
          extensions: { code: 'ANSWER_SIZE_LIMIT', limit: 100_000, retryable: false },
        },
      ],
    })
    // It was 40 s, and 4 GB of memory.
    expect(cpuMs).toBeLessThan(2000)
  })
})

describe('an answer is given', () => {
  it.each([
    ['of 100 records with 100 fields', `{ ${records(aliased('description', 100))} }`],
    [
      'of 100 records, all fields of which are forbidden',
      `{ ${records('csId companyName contactName contactMethod client { uniqueNumber } chatUrl')} }`,
    ],
  ])('%s', async (_, query) => {
    const { status, code, body } = await ask(query)
    expect(status).toBe(200)
    expect(code).not.toBe('ANSWER_SIZE_LIMIT')
    expect(body.data).toMatchObject({ remoteRecords: { nodes: { length: 100 } } })
  })
})
