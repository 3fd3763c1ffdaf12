import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute as executeAsGraphqlJs,
  parse,
} from 'graphql'
import { expect, test } from 'vitest'
import { directReads } from '../../src/cache/reads.ts'
import { parseConfig } from '../../src/config.ts'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { startEmulator } from '../../src/emulator/emulator.ts'
import { createExecute } from '../../src/execution/execute.ts'
import { createAccountMemory } from '../../src/loaders/account-memory.ts'
import { createLoaders } from '../../src/loaders/loaders.ts'
import { formatGlobalId } from '../../src/schema/arguments/global-id.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { basicAuthorization, UpstreamClient } from '../../src/upstream/client.ts'
import { startDistortingProxy } from '../distorting-proxy.ts'
import { NOW } from '../gateway.ts'
import { errorsLeft } from './comparable-errors.ts'
import { type RandomOperation, randomOperation } from './random-operation.ts'

const recordIds = ['1003', '1003:2026-11-23', '1030:2026-09-30', '7'].map(key =>
  formatGlobalId({ typename: 'RemoteRecord', parts: key.split(':') }),
)
const ids = [...recordIds, formatGlobalId({ typename: 'Agent', parts: ['203'] }), 'junk']
const REPRESENTATIONS = [
  '{ __typename: "RemoteRecord", csId: "1003" }',
  '{ __typename: "RemoteRecord", csId: "none" }',
  '{ __typename: "Agent", servicerId: 203 }',
  '{ __typename: "ProblemType", level: 2, optionId: "224" }',
  '{ __typename: "ProblemType", level: 9, optionId: "224" }',
  '{ __typename: "Client", uniqueNumber: 5 }',
]

const LITERALS = {
  csIds: ['[1003, 7, 1003]', '[]'],
  csId: ['1003', '"1030"', '1017', '7'],
  servicerId: ['203', '"204"'],
  channel: ['REMOTE_ASSISTANCE', 'IM'],
  id: ids.map(id => JSON.stringify(id)),
  ids: [JSON.stringify(ids), JSON.stringify(ids.slice(1, 3)), '[]'],
  representations: [`[${REPRESENTATIONS}]`, `[${REPRESENTATIONS.slice(1, 3)}]`, '[]'],
  first: ['2', '5', 'null'],
  order: ['OLDEST_FIRST', 'NEWEST_FIRST'],
  createdOn: ['null', '{ from: "2026-10-01" }', '{ from: "2026-10-01", to: "2026-11-01" }'],
  sentOn: ['null', '{ to: "2026-11-01" }'],
  keys: ['null', '[]', '["field_1"]'],
}

type Execute = (args: ExecutionArgs) => ExecutionResult | PromiseLike<ExecutionResult>

const schema = createSchema()
const operation = randomOperation(schema, LITERALS)

/** Upstream calls fall into so many groups by their paths, of which one can fail. */
const GROUPS = 4

interface Upstream extends AsyncDisposable {
  /** Fails from now on; undefined: none. */
  failingGroup: number | undefined
  /** What a process answers that knows nothing yet, and which calls it makes for that. */
  answerBy(execute: Execute, operation: RandomOperation): Promise<unknown>
}

async function startUpstream(): Promise<Upstream> {
  const emulator = await startEmulator({ now: NOW, recordCount: 40 })
  const proxy = await startDistortingProxy(emulator.url, (body, path) =>
    crc32(path) % GROUPS === upstream.failingGroup ? null : body,
  )
  const client = new UpstreamClient({
    origin: proxy.url,
    limits: parseConfig({ UPSTREAM_ATTEMPTS: '1', UPSTREAM_BREAKER_FAILURES: '0' }).upstream.limits,
  })
  const authorization = basicAuthorization(ADMINISTRATOR.account, ADMINISTRATOR.password)
  const upstream: Upstream = {
    failingGroup: undefined,
    async answerBy(execute, { source, variables }) {
      emulator.clearCalls()
      const loaders = createLoaders(
        directReads(client.session({ authorization })),
        createAccountMemory(),
        0,
      )
      const { data, errors } = await execute({
        schema,
        document: parse(source),
        variableValues: variables,
        contextValue: { loaders },
      })
      return {
        // There is no data at all if a variable is null that may not be.
        data: JSON.stringify(data)?.replaceAll(emulator.url, 'http://upstream'),
        errors: errorsLeft(errors, data),
        calls: emulator.callLines().toSorted(),
      }
    },
    async [Symbol.asyncDispose]() {
      await client.close()
      await proxy.close()
      await emulator.close()
    },
  }
  return upstream
}

test('every operation is answered as graphql-js answers it, whatever calls fail', async () => {
  // An upstream of its own for each: calls of a failed operation may come after its answer.
  await using ours = await startUpstream()
  await using theirs = await startUpstream()
  const execute = createExecute()
  const failingGroup = fc.option(fc.nat(GROUPS - 1), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(operation, failingGroup, async (each, group) => {
      ours.failingGroup = theirs.failingGroup = group
      const expected = await theirs.answerBy(executeAsGraphqlJs, each)
      expect(await ours.answerBy(execute, each)).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})
