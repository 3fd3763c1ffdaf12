import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

const PRODUCTION = { NODE_ENV: 'production', BANGWO8_URL: 'https://upstream.example' }

it.each([
  [{}, true],
  [{ INTROSPECTION: 'off', GRAPHIQL: 'off' }, false],
  [PRODUCTION, false],
  [{ ...PRODUCTION, INTROSPECTION: 'on', GRAPHIQL: 'on' }, true],
])('%j has introspection and GraphiQL: %s', (environment, isOn) => {
  const { documents, hasGraphiql } = parseConfig(environment)
  expect([documents.isIntrospectable, hasGraphiql]).toEqual([isOn, isOn])
})

describe('a gateway whose graph may not be asked what is in it', () => {
  const TRUSTED = '{ __type(name: "Query") { name } }'
  let gateway: TestedGateway
  beforeAll(async () => {
    const documents = { isIntrospectable: false, manifest: new Map([['of-an-app', TRUSTED]]) }
    gateway = await startTestedGateway({ documents, hasGraphiql: false })
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  it.each([
    getIntrospectionQuery(),
    '{ __type(name: "RemoteRecord") { name } }',
    '{ a: __schema { queryType { name } } }',
    '{ ...A } fragment A on Query { ... { __schema { queryType { name } } } }',
    '{ __schema @include(if: false) { queryType { name } } }',
    '{ _service { sdl } }',
  ])('refuses %.60s', async query => {
    const { status, body } = await gateway.ask(query)
    expect(status).toBe(400)
    expect(body.errors?.[0]).toMatchObject({
      message: 'Introspection is switched off.',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    })
    expect(body).not.toHaveProperty('data')
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('says of an object what its type is', async () => {
    const { body } = await gateway.ask(
      '{ __typename remoteRecords(first: 1) { nodes { __typename } } }',
    )
    expect(body).toEqual({
      data: { __typename: 'Query', remoteRecords: { nodes: [{ __typename: 'RemoteRecord' }] } },
    })
  })

  it('lets trusted documents ask', async () => {
    expect(await gateway.ask(TRUSTED)).toMatchObject({ status: 200 })
  })

  it('has no page', async () => {
    const response = await fetch(gateway.url, { headers: { accept: 'text/html' } })
    expect(response.status).toBe(404)
    expect(await response.text()).toMatch(/^GraphiQL is off here\. It is on if GRAPHIQL=on/)
    expect((await fetch(`${gateway.url}/graphiql.js`)).status).toBe(404)
  })
})
