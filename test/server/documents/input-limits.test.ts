import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GRAPHQL_RESPONSE, startTestedGateway, type TestedGateway } from '../gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
beforeEach(() => gateway.emulator.clearCalls())
afterAll(() => gateway[Symbol.asyncDispose]())

async function post(body: string) {
  const response = await fetch(gateway.url, { method: 'POST', headers: GRAPHQL_RESPONSE, body })
  const { errors = [] } = await response.json()
  expect(gateway.emulator.callLines()).toEqual([])
  expect(gateway.loggedText()).not.toContain('unexpected-error')
  return { status: response.status, ...errors[0]?.extensions }
}

const TYPENAME = '"query": "{ __typename }"'

const nested = (depth: number, open: string, close: string) =>
  `${open.repeat(depth)}null${close.repeat(depth)}`

const variables = (value: string) => post(`{ ${TYPENAME}, "variables": { "v": ${value} } }`)

describe('the nesting of JSON', () => {
  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['both', '[{"a":', '}]'],
  ])('is at most 20 deep: %s', async (_, open, close) => {
    const levels = open.startsWith('[{') ? 2 : 1
    expect(await variables(nested(18 / levels, open, close))).toEqual({ status: 200 })
    expect(await variables(nested(18 / levels + 1, open, close))).toMatchObject({
      status: 400,
      code: 'JSON_DEPTH_LIMIT',
      limit: 20,
      found: 20 + levels,
    })
  })

  it.each(['[', '{"a":', '[{"a":'])('of 50,000 levels of %j is refused unread', async open => {
    expect(await variables(open.repeat(40_000))).toMatchObject({
      status: 400,
      code: 'JSON_DEPTH_LIMIT',
    })
    expect(await post(open.repeat(40_000))).toMatchObject({ status: 400, code: 'JSON_DEPTH_LIMIT' })
  })

  it('does not count what is in texts', async () => {
    expect(await variables(JSON.stringify('"\\'.repeat(9) + '[{'.repeat(99)))).toEqual({
      status: 200,
    })
  })

  it('is as bounded in a URL', async () => {
    const search = new URLSearchParams({
      query: '{ __typename }',
      variables: `{"v":${nested(20, '[', ']')}}`,
    })
    const response = await fetch(`${gateway.url}?${search}`, {
      headers: { accept: GRAPHQL_RESPONSE.accept, 'x-explain': '1' },
    })
    const { errors } = await response.json()
    expect(errors[0].extensions).toEqual({
      code: 'JSON_DEPTH_LIMIT',
      limit: 20,
      found: 21,
      retryable: false,
    })
  })
})

describe('variables', () => {
  const LONG = 'a'.repeat(4096)

  it.each<[string, string, object]>([
    ['have lists of at most 1,000 values', `[${'1,'.repeat(999)}1]`, { status: 200 }],
    [
      'have lists of at most 1,000 values',
      `[${'1,'.repeat(1000)}1]`,
      { status: 400, code: 'BAD_USER_INPUT', limit: 1000, found: 1001 },
    ],
    [
      'have such lists wherever they are',
      `[{"a": [${'1,'.repeat(1000)}1]}]`,
      { status: 400, code: 'BAD_USER_INPUT' },
    ],
    ['have texts of at most 4 KiB', `"${LONG}"`, { status: 200 }],
    [
      'have texts of at most 4 KiB',
      `"${LONG}a"`,
      { status: 400, code: 'BAD_USER_INPUT', limit: 4096, found: 4097 },
    ],
    [
      'have texts of at most 4 KiB in UTF-8',
      `"${'宽'.repeat(1366)}"`,
      { status: 400, code: 'BAD_USER_INPUT', found: 4098 },
    ],
    ['have names of at most 4 KiB', `{"${LONG}a": 1}`, { status: 400, code: 'BAD_USER_INPUT' }],
    ['are finite', '1.7e308', { status: 200 }],
    ['are finite', '1e309', { status: 400, code: 'BAD_USER_INPUT' }],
    ['are finite', '[{"a": -1e999}]', { status: 400, code: 'BAD_USER_INPUT' }],
  ])('%s: %.20s', async (_, value, expected) => {
    expect(await variables(value)).toMatchObject(expected)
  })

  it('touch no prototype', async () => {
    expect(
      await variables(
        '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
      ),
    ).toEqual({ status: 200 })
    expect(
      await post(
        `{ ${TYPENAME}, "variables": { "__proto__": { "polluted": true }, "constructor": 1 } }`,
      ),
    ).toEqual({ status: 200 })
    expect({}).not.toHaveProperty('polluted')
  })
})
