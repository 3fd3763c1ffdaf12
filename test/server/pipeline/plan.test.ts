import { describe, expect, it } from 'vitest'
import { startTestedGateway } from '../gateway.ts'

const SUMMARIES = `query ($first: Int) {
  remoteRecords(first: $first) { nodes { serviceSummary { state } } }
}`

const EXPLAINED = { 'x-explain': '1' }

describe('the plan of an operation', () => {
  it('refuses one that needs too many upstream calls, and makes none', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 50 })

    const { status, body } = await gateway.ask(SUMMARIES, { variables: { first: 50 } })

    expect(status).toBe(400)
    expect(body.data).toBeUndefined()
    expect(body.errors?.[0]?.extensions).toEqual({
      code: 'UPSTREAM_CALL_LIMIT',
      retryable: false,
      bound: 51,
      limit: 50,
    })
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('looks at the variables of each request, not at those of an earlier one', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 50 })
    const ask = (first: number) => gateway.ask(SUMMARIES, { variables: { first } })

    const statuses = [(await ask(2)).status, (await ask(100)).status, (await ask(2)).status]

    expect(statuses).toEqual([200, 400, 200])
    expect(gateway.emulator.callLines()).toHaveLength(6)
  })

  it('counts what fragments and aliases ask for, and not what @skip leaves out', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 12 })
    const ask = (skipped: boolean) =>
      gateway.ask(
        `query ($skipped: Boolean!) {
          a: remoteRecords(first: 5) { ...Summaries }
          b: remoteRecords(first: 6) { edges { node { ... @skip(if: $skipped) { ...Summary } } } }
        }
        fragment Summaries on RemoteRecordConnection { nodes { ...Summary } }
        fragment Summary on RemoteRecord { serviceSummary { state } }`,
        { variables: { skipped } },
      )

    expect((await ask(false)).body.errors?.[0]?.extensions).toMatchObject({ bound: 13 })
    expect((await ask(true)).status).toBe(200)
  })

  it('lets references of a router make the calls that they need', async () => {
    await using gateway = await startTestedGateway()
    const references = (selection: string, of: readonly object[]) =>
      gateway.ask(`query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`, {
        variables: { of },
      })

    const option = { __typename: 'ProblemType', level: 1, optionId: '223' }
    const { body } = await references('... on ProblemType { label }', [option])
    expect(body).toEqual({ data: { _entities: [{ label: '财务核算' }] } })

    const far = Array.from({ length: 30 }, (_, at) => ({
      __typename: 'RemoteRecord',
      csId: String(1000 + at * 60),
    }))
    const records = await references('... on RemoteRecord { problemSubtype { label } }', far)
    expect(records.body.errors).toBeUndefined()
  })

  it('refuses sixteen look-ups under other names: each may need sixteen calls', async () => {
    await using gateway = await startTestedGateway()
    const lookUps = Array.from(
      { length: 16 },
      (_, at) => `r${at}: remoteRecord(csId: ${1000 + at}) { csId }`,
    )

    const { body } = await gateway.ask(`{ ${lookUps.join(' ')} }`)

    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_CALL_LIMIT', bound: 256 })
  })

  it('is told with x-explain: 1, beside the calls that were made', async () => {
    await using gateway = await startTestedGateway()

    const explained = await gateway.ask(SUMMARIES, { variables: { first: 3 }, headers: EXPLAINED })
    const plain = await gateway.ask(SUMMARIES, { variables: { first: 3 } })

    expect(explained.body.extensions).toEqual({
      upstream: { bound: 16, calls: 4, cached: 0, stale: 0 },
    })
    expect(plain.body.extensions).toBeUndefined()
  })

  it('is never exceeded: what a list that moves too fast still needs is an error', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 2 })
    gateway.emulator.beforeAnswer = () => {
      for (let count = 0; count < 150; count++) gateway.emulator.insertRecord()
    }

    const { body } = await gateway.ask(
      '{ remoteRecords(first: 100, order: OLDEST_FIRST) { nodes { csId } } }',
      { headers: EXPLAINED },
    )

    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'LOOKUP_INCONCLUSIVE' })
    expect(body.extensions).toMatchObject({ upstream: { bound: 2, calls: 2 } })
  })
})
