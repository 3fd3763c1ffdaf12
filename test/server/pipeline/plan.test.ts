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
    expect(body.errors?.[0]).toMatchObject({
      message:
        'This operation can need 52 upstream calls; at most 50 are allowed. Most are for remoteRecords.nodes.serviceSummary (50), remoteRecords (2). 48 would fit: give remoteRecords first: 48 in place of 50.',
      extensions: {
        code: 'UPSTREAM_CALL_LIMIT',
        retryable: false,
        atMost: 52,
        limit: 50,
        fields: [
          { path: 'remoteRecords.nodes.serviceSummary', atMost: 50 },
          { path: 'remoteRecords', atMost: 2 },
        ],
        fits: { field: 'remoteRecords', argument: 'first', asked: 50, fits: 48 },
      },
    })
    expect(gateway.emulator.callLines()).toEqual([])
    expect((await gateway.ask(SUMMARIES, { variables: { first: 49 } })).status).toBe(400)
    expect((await gateway.ask(SUMMARIES, { variables: { first: 48 } })).status).toBe(200)
  })

  it('finds what would fit in lists below, in ids, and where nothing was said', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 12 })
    const fitOf = async (query: string, variables = {}) =>
      (await gateway.ask(query, { variables })).body.errors?.[0]?.extensions.fits

    const below = `{ agent(servicerId: 203) { remoteRecords { nodes { serviceSummary { state } } } } }`
    expect(await fitOf(below)).toMatchObject({ field: 'remoteRecords', asked: 20, fits: 10 })
    const byIds = `query ($ids: [ID!]!) { nodes(ids: $ids) {
      ... on Agent { remoteRecords(first: 1) { nodes { csId } } }
    } }`
    const ids = Array.from({ length: 9 }, (_, at) =>
      Buffer.from(`Agent:${at + 1}`).toString('base64url'),
    )
    expect(await fitOf(byIds, { ids })).toMatchObject({ argument: 'ids', asked: 9, fits: 6 })
    const many = Array.from(
      { length: 9 },
      (_, at) => `a${at}: agent(servicerId: ${at + 1}) { name }`,
    )
    expect(await fitOf(`{ ${many.join(' ')} }`)).toBeUndefined()
  })

  it('allows the newest hundred with their chats and summaries', async () => {
    await using gateway = await startTestedGateway()
    const query = `{ remoteRecords(first: 100) { nodes {
      chatMessages(first: 1) { nodes { text } } serviceSummary { state }
    } } }`

    const { body } = await gateway.ask(query, { headers: EXPLAINED })

    expect(body.errors).toBeUndefined()
    expect(body.extensions).toMatchObject({ upstream: { expected: 201, atMost: 204 } })
  })

  it('looks at the variables of each request, not at those of an earlier one', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 50 })
    const ask = (first: number) => gateway.ask(SUMMARIES, { variables: { first } })

    const statuses = [(await ask(2)).status, (await ask(100)).status, (await ask(2)).status]

    expect(statuses).toEqual([200, 400, 200])
    expect(gateway.emulator.callLines()).toHaveLength(6)
  })

  it('counts what fragments and aliases ask for, and not what @skip leaves out', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 14 })
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

    expect((await ask(false)).body.errors?.[0]?.extensions).toMatchObject({ atMost: 15 })
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

  it('refuses an answer of very many objects, though they cost few calls', async () => {
    await using gateway = await startTestedGateway()
    const nineTimes = (fields: string) =>
      Array.from(
        { length: 9 },
        (_, at) => `a${at}: remoteRecords(first: 100) { nodes { agent { ${fields} } } }`,
      ).join(' ')

    const { status, body } = await gateway.ask(`{ agent(servicerId: 203) { ...Outer } }
      fragment Outer on Agent { ${nineTimes('...Inner')} }
      fragment Inner on Agent { ${nineTimes('servicerId')} }`)

    expect(status).toBe(400)
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringMatching(
        /^The answer can have \d+ objects; at most 200000 are allowed/,
      ),
      extensions: { code: 'BAD_USER_INPUT' },
    })
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('is never exceeded: what a list that moves too fast still needs is an error', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 3 })
    gateway.emulator.beforeAnswer = () => {
      for (let count = 0; count < 150; count++) gateway.emulator.insertRecord()
    }

    const { body } = await gateway.ask(
      '{ remoteRecords(first: 100, order: OLDEST_FIRST) { nodes { csId } } }',
      { headers: EXPLAINED },
    )

    expect(body.errors?.[0]).toMatchObject({
      path: ['remoteRecords', 'nodes'],
      extensions: { code: 'UPSTREAM_CALL_LIMIT', retryable: false, made: 3, atMost: 3 },
    })
    expect(body.extensions).toMatchObject({ upstream: { expected: 2, atMost: 3, made: 3 } })
  })
})

describe('an answer says what it costs', () => {
  it('with x-explain: 1, beside the calls that were made', async () => {
    await using gateway = await startTestedGateway()

    const explained = await gateway.ask(SUMMARIES, { variables: { first: 3 }, headers: EXPLAINED })
    const plain = await gateway.ask(SUMMARIES, { variables: { first: 3 } })

    expect(explained.body.extensions).toEqual({
      upstream: { expected: 4, atMost: 5, made: 4, cached: 0, stale: 0 },
    })
    expect(plain.body.extensions).toBeUndefined()
  })

  it('before anything runs with x-explain: only, whatever the limit is', async () => {
    await using gateway = await startTestedGateway({ maxUpstreamCalls: 4 })

    const { status, body } = await gateway.ask(SUMMARIES, {
      variables: { first: 3 },
      headers: { 'x-explain': 'only' },
    })

    expect(status).toBe(200)
    expect(body).toEqual({
      data: null,
      extensions: {
        upstream: {
          expected: 4,
          atMost: 5,
          made: 0,
          cached: 0,
          stale: 0,
          limit: 4,
          spare: 10,
          steps: [
            { path: 'remoteRecords', endpoint: 'histories', expected: 1, atMost: 2, fromRound: 0 },
            {
              path: 'remoteRecords.nodes.serviceSummary',
              endpoint: 'servicesummary',
              expected: 3,
              atMost: 3,
              fromRound: 2,
            },
          ],
        },
      },
    })
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('and what is wrong with its input with x-explain: only', async () => {
    await using gateway = await startTestedGateway()
    const { body } = await gateway.ask(SUMMARIES, {
      variables: { first: 101 },
      headers: { 'x-explain': 'only' },
    })
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' })
  })
})
