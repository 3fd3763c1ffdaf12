import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/secret.ts'
import { AuditLog } from '../../src/server/callers/audit-log.ts'
import { type HoldingGateway, startHoldingGateway } from './holding-gateway.ts'

const LATEST = 'query Latest { remoteRecords(first: 2) { nodes { csId contactName } } }'

/** The first answer is held, the second one kept, and all others are that one. */
async function askTimes({ ask }: HoldingGateway, times: number) {
  for (let turn = 0; turn < times; turn++) await ask(LATEST)
}

const countsIn = async ({ metricsUrl = '' }: HoldingGateway) => {
  const text = await (await fetch(metricsUrl)).text()
  const countOf = (sample: string) => {
    const line = text.split('\n').find(each => each.startsWith(`${sample} `))
    return Number(line?.split(' ')[1] ?? 0)
  }
  const reads = (outcome: string) =>
    countOf(`cache_reads_total{kind="list_of_today",outcome="${outcome}"}`)
  return {
    called: reads('called'),
    fresh: reads('fresh'),
    operations: countOf(
      'graphql_operation_duration_seconds_count{operation="Latest",outcome="ok"}',
    ),
  }
}

describe('a whole answer that is given again', () => {
  it('leaves the same line in the log as the one that was made', async () => {
    await using gateway = await startHoldingGateway()
    await askTimes(gateway, 3)
    const [, made, repeated] = gateway.logged
    expect(repeated).toEqual({
      ...made,
      time: expect.any(String),
      requestId: expect.any(String),
      durationMs: expect.any(Number),
    })
    expect(repeated).toMatchObject({ event: 'operation', operationName: 'Latest', outcome: 'ok' })
    expect(repeated?.upstreamCalls).toBe(0)
    expect(repeated?.requestId).not.toBe(made?.requestId)
  })

  it('is said to be one under LOG_LEVEL=debug, with its age', async () => {
    await using gateway = await startHoldingGateway({ logLevel: 'debug' })
    await askTimes(gateway, 2)
    gateway.pass(2000)
    gateway.takeLogged()
    const { headers } = await gateway.ask(LATEST)
    const requestId = headers.get('x-request-id')
    const [line, operation, ...others] = gateway.logged
    expect(line).toEqual({
      level: 'debug',
      time: expect.any(String),
      event: 'answer-repeated',
      requestId,
      count: 1,
      ageMs: expect.any(Number),
    })
    expect(line?.ageMs).toBeGreaterThanOrEqual(2000)
    expect(line?.ageMs).toBeLessThan(3000)
    expect(operation).toMatchObject({ event: 'operation', requestId })
    expect(others).toEqual([])
  })

  it('counts as an operation, and for each answer that it was made of', async () => {
    await using gateway = await startHoldingGateway({ metricsPort: 0 })
    await askTimes(gateway, 5)
    expect(await countsIn(gateway)).toEqual({ called: 1, fresh: 4, operations: 5 })
  })

  it('is none beside an audit, which has an event of each reading', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'audit-'))
    const path = join(folder, 'audit.jsonl')
    const audit = { log: await AuditLog.open(path), key: new Secret('known to these tests alone') }
    await using gateway = await startHoldingGateway({ audit, logLevel: 'debug' })
    await askTimes(gateway, 4)
    expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(4)
    expect(gateway.loggedText()).not.toContain('answer-repeated')
    await rm(folder, { recursive: true })
  })
})
