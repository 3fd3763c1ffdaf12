import { describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { OperationNames } from '../../src/server/metrics/operation-names.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import { startTestedGateway, type TestedGateway, UNLIKELY_ID } from './gateway.ts'

/** The samples of the gateway's own metrics. */
async function samplesOf({ metricsUrl = '' }: TestedGateway) {
  const response = await fetch(metricsUrl)
  expect(response.headers.get('content-type')).toContain('text/plain')
  const lines = (await response.text()).split('\n').filter(line => !line.startsWith('#'))
  return new Map(lines.map(line => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]))
}

describe('METRICS_PORT', () => {
  it('serves how long operations and calls took, by name, endpoint and outcome', async () => {
    await using gateway = await startTestedGateway({ metricsPort: 0 })
    gateway.emulator.beforeAnswer = ({ endpoint }) => {
      if (endpoint === 'servicesummary') throw new Error('down')
    }
    const latest = 'query Latest { remoteRecords(first: 1) { totalCount } }'
    for (const query of [latest, latest, '{ serviceSummary(csId: "1000") { state } }', '{ x }'])
      await gateway.ask(query)
    const samples = await samplesOf(gateway)
    const operations = (labels: string) =>
      samples.get(`graphql_operation_duration_seconds_count{${labels}}`)
    expect(operations('operation="Latest",outcome="ok"')).toBe(2)
    expect(operations('operation="anonymous",outcome="failed"')).toBe(1)
    expect(operations('operation="anonymous",outcome="refused"')).toBe(1)
    const calls = (labels: string) =>
      samples.get(`http_client_request_duration_seconds_count{${labels}}`)
    expect(calls('endpoint="histories",outcome="ok"')).toBe(2)
    expect(calls('endpoint="servicesummary",outcome="UPSTREAM_UNAVAILABLE"')).toBe(1)
    expect(samples.get('upstream_attempts_total{endpoint="histories"}')).toBe(2)
    expect(samples.get('upstream_attempts_total{endpoint="servicesummary"}')).toBeGreaterThan(1)
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e7)
    expect([...samples.keys()].some(name => name.startsWith('nodejs_eventloop_lag'))).toBe(true)
  })

  it('says in each answer that browsers are to keep nothing of it, and show it nowhere', async () => {
    await using gateway = await startTestedGateway({ metricsPort: 0 })
    for (const path of ['/metrics', '/nowhere']) {
      const { headers } = await fetch(new URL(path, gateway.metricsUrl))
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  it('serves how busy the upstream is kept, and what of it is not asked', async () => {
    await using gateway = await startTestedGateway({
      metricsPort: 0,
      emulator: { latencyMs: 3000 },
    })
    const answer = gateway.ask('{ remoteRecords(first: 1) { totalCount } }')
    await expect.poll(() => gateway.emulator.calls.length).toBe(1)
    const during = await samplesOf(gateway)
    expect(during.get('upstream_calls_under_way')).toBe(1)
    expect(during.get('upstream_calls_waiting')).toBe(0)
    expect(during.get('breaker_state{endpoint="histories"}')).toBe(0)
    await answer
    expect((await samplesOf(gateway)).get('upstream_calls_under_way')).toBe(0)
  })

  it('serves that a breaker is open', async () => {
    await using gateway = await startTestedGateway({ metricsPort: 0, sharedAccount: null })
    gateway.emulator.beforeAnswer = () => {
      throw new Error('down')
    }
    const headers = { authorization: basicAuthorization(ADMINISTRATOR.account, 'x') }
    const others = { authorization: basicAuthorization('other', 'x') }
    for (let csId = 1000; csId < 1008; csId++)
      for (const each of [headers, others])
        await gateway.ask(`{ serviceSummary(csId: "${csId}") { state } }`, { headers: each })
    const samples = await samplesOf(gateway)
    expect(samples.get('breaker_state{endpoint="servicesummary"}')).toBe(1)
    expect(samples.get('breaker_state{endpoint="histories"}')).toBe(0)
  })

  it('counts what the upstream does against its API', async () => {
    await using gateway = await startTestedGateway({
      metricsPort: 0,
      emulator: { oddities: { lists: { row: row => ({ ...row, csPrice: 'dear' }) } } },
    })
    await gateway.ask('{ remoteRecords(first: 3) { nodes { price } } }')
    const deviations = [...(await samplesOf(gateway))].filter(([name]) =>
      name.startsWith('contract_deviations_total'),
    )
    expect(deviations).toEqual([
      ['contract_deviations_total{endpoint="histories",kind="unreadable-field"}', 3],
    ])
  })

  it('has nothing else, and no value of an operation', async () => {
    await using gateway = await startTestedGateway({ metricsPort: 0 })
    await gateway.ask(`{ remoteRecord(csId: "${UNLIKELY_ID}") { contactMethod } }`)
    const { metricsUrl = '' } = gateway
    expect(await (await fetch(metricsUrl)).text()).not.toContain(UNLIKELY_ID)
    expect((await fetch(metricsUrl.replace('metrics', 'graphql'))).status).toBe(404)
    expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(404)
    expect((await fetch(`${gateway.origin}/metrics`)).status).toBe(404)
  })

  it('is not served unless it is wanted', async () => {
    await using gateway = await startTestedGateway()
    expect(gateway.metricsUrl).toBeUndefined()
  })
})

describe('the names of operations', () => {
  it('of trusted documents are kept apart, though others came first', async () => {
    const text = 'query Trusted { remoteRecords(first: 1) { totalCount } }'
    await using gateway = await startTestedGateway({
      metricsPort: 0,
      documents: { manifest: new Map([['id', text]]) },
    })
    for (let count = 0; count < 201; count++) await gateway.ask(`query Q${count} { __typename }`)
    await gateway.ask(text)
    const names = [...(await samplesOf(gateway)).keys()].filter(name =>
      name.startsWith('graphql_operation_duration_seconds_count'),
    )
    expect(names).toHaveLength(200 + 2)
    expect(names.join()).toContain('operation="Trusted"')
    expect(names.join()).toContain('operation="other"')
  })

  it('are bounded, and those of refused operations are not learnt', () => {
    const names = new OperationNames()
    expect(names.labelOf('Refused', false)).toBe('other')
    for (let count = 0; count < 200; count++)
      expect(names.labelOf(`Q${count}`, true)).toBe(`Q${count}`)
    expect(names.labelOf('OneMore', true)).toBe('other')
    expect(names.labelOf('Q199', false)).toBe('Q199')
    expect(names.labelOf(undefined, true)).toBe('anonymous')
  })
})
