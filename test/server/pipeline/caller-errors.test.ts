import {
  GraphQLError,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ListInconclusiveError } from '../../../src/history/list-errors.ts'
import { CallerGoneError } from '../../../src/server/http/request-body.ts'
import { toCallerError } from '../../../src/server/pipeline/caller-errors.ts'
import {
  UpstreamBadResponseError,
  UpstreamForbiddenError,
  UpstreamNotFoundError,
  UpstreamRateLimitedError,
  UpstreamTimeoutError,
  UpstreamUnauthenticatedError,
  UpstreamUnavailableError,
} from '../../../src/upstream/errors.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

const SECRET = '13800138000'

/** As graphql-js hands over what a resolver threw. */
const located = (originalError: Error) =>
  new GraphQLError(originalError.message, { originalError, path: ['field'] })

describe('a cause that callers may know', () => {
  it.each<[cause: Error, extensions: Record<string, unknown>]>([
    [new UpstreamUnavailableError('why'), { code: 'UPSTREAM_UNAVAILABLE', retryable: true }],
    [
      new UpstreamUnavailableError('why', { retryable: false }),
      { code: 'UPSTREAM_UNAVAILABLE', retryable: false },
    ],
    [new UpstreamTimeoutError('why'), { code: 'UPSTREAM_TIMEOUT', retryable: true }],
    [new UpstreamRateLimitedError('why'), { code: 'UPSTREAM_RATE_LIMITED', retryable: true }],
    [
      new UpstreamRateLimitedError('why', { retryAfterMs: 0 }),
      { code: 'UPSTREAM_RATE_LIMITED', retryable: true, retryAfterMs: 0 },
    ],
    [
      new UpstreamBadResponseError('why', { reason: 'not-json' }),
      { code: 'UPSTREAM_BAD_RESPONSE', retryable: false },
    ],
    [new UpstreamUnauthenticatedError('why'), { code: 'UNAUTHENTICATED', retryable: false }],
    [new UpstreamForbiddenError('why'), { code: 'FORBIDDEN', retryable: false }],
    [new UpstreamNotFoundError('why'), { code: 'UPSTREAM_BAD_RESPONSE', retryable: false }],
    [
      new ListInconclusiveError('why', { isRetryable: true }),
      { code: 'LOOKUP_INCONCLUSIVE', retryable: true },
    ],
    [
      new ListInconclusiveError('why', { isRetryable: false }),
      { code: 'LOOKUP_INCONCLUSIVE', retryable: false },
    ],
    [
      new GraphQLError('why', { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } }),
      { code: 'BAD_USER_INPUT' },
    ],
  ])('%s has the code %j', (cause, extensions) => {
    expect(toCallerError(located(cause), 'id')).toMatchObject({ message: 'why', extensions })
  })

  it('is found below all that GraphQL put around it', () => {
    const nested = located(located(located(new UpstreamTimeoutError('why'))))
    expect(toCallerError(nested, 'id').extensions.code).toBe('UPSTREAM_TIMEOUT')
  })

  it('is a caller who is gone, which is nobody’s fault', () => {
    expect(toCallerError(located(new CallerGoneError()), 'id')).toEqual({
      message: 'The caller hung up.',
      extensions: { code: 'CALLER_GONE', retryable: true },
    })
  })

  it('is a document that GraphQL found wrong, though it gave no code', () => {
    const error = new GraphQLError('Variable "$x" of required type "Int!" was not provided.')
    expect(toCallerError(error, 'id').extensions).toEqual({ code: 'BAD_USER_INPUT' })
  })
})

describe('a cause that callers must not know', () => {
  it.each<[title: string, thrown: unknown]>([
    ['an error of ours', located(new TypeError(SECRET))],
    ['an error outside of any field', new RangeError(SECRET)],
    ['anything else that was thrown', SECRET],
    [
      'an error that GraphQL made while it ran',
      new GraphQLError(`Int cannot represent non-integer value: ${SECRET}`, { path: ['field'] }),
    ],
    [
      'one that it made and then put a place around',
      located(new GraphQLError(`Int cannot represent non-integer value: ${SECRET}`)),
    ],
  ])('is masked: %s', (_, thrown) => {
    const { message, extensions, unexpected } = toCallerError(thrown, 'id')
    expect({ message, extensions }).toEqual({
      message: 'Internal server error.',
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'id' },
    })
    expect(String(unexpected)).toContain(SECRET)
  })
})

const CAUSE = new TypeError(`${SECRET} at /etc/secret`)

const fail = () => {
  throw CAUSE
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      fine: { type: GraphQLString, resolve: () => 'fine' },
      broken: { type: GraphQLString, resolve: fail },
      brokenToo: { type: GraphQLString, resolve: fail },
      required: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
      number: { type: GraphQLInt, resolve: () => SECRET },
    },
  }),
})

describe('a masked error', () => {
  let gateway: TestedGateway
  beforeAll(async () => {
    gateway = await startTestedGateway({ schema })
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  it('nulls its branch, names the request, and says nothing else', async () => {
    const { status, headers, body } = await gateway.ask('{ fine broken }')
    const requestId = headers.get('x-request-id')
    expect(status).toBe(200)
    expect(body).toEqual({
      data: { fine: 'fine', broken: null },
      errors: [
        {
          message: 'Internal server error.',
          locations: [{ line: 1, column: 8 }],
          path: ['broken'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        },
      ],
    })
  })

  it('is logged once, with the place where it was thrown and not its words', async () => {
    const { headers } = await gateway.ask('{ broken brokenToo }')
    const requestId = headers.get('x-request-id')
    const logged = gateway.logged.filter(
      line => line.requestId === requestId && line.event === 'unexpected-error',
    )
    expect(logged).toEqual([
      expect.objectContaining({
        level: 'error',
        errorName: 'TypeError',
        frames: expect.arrayContaining([expect.stringContaining('errors.test.ts')]),
      }),
    ])
    expect(gateway.loggedText()).not.toMatch(/13800138000|\/etc\/secret/)
  })

  it.each([['{ required }'], ['{ number }']])(
    'is also what GraphQL itself finds wrong with our values: %s',
    async query => {
      const { body } = await gateway.ask(query)
      expect(body.errors?.map(({ message }) => message)).toEqual(['Internal server error.'])
      expect(JSON.stringify(body)).not.toContain(SECRET)
    },
  )
})

it('an answer never comes later than the deadline of operations, with what is there', async () => {
  await using gateway = await startTestedGateway({
    emulator: {
      beforeAnswer: async ({ endpoint }) => {
        if (endpoint === 'servicesummary') await new Promise(resolve => setTimeout(resolve, 20_000))
      },
    },
    limits: { operationDeadlineMs: 2000 },
  })
  const beganAtMs = performance.now()
  const { body } = await gateway.ask(
    '{ remoteRecords(first: 2) { nodes { csId serviceSummary { state } } } }',
  )
  // An attempt ends after five seconds by itself.
  expect(performance.now() - beganAtMs).toBeLessThan(4500)
  expect(body.data).toEqual({
    remoteRecords: {
      nodes: [
        { csId: '2999', serviceSummary: null },
        { csId: '2998', serviceSummary: null },
      ],
    },
  })
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(
    Array(2).fill('UPSTREAM_TIMEOUT'),
  )
})
