import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { execute as executeAsGraphqlJs } from 'graphql'
import { expect, test } from 'vitest'
import { formatGlobalId } from '../../src/schema/global-id.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { type Answer, type Gateway, type GatewayOptions, startGateway } from '../gateway.ts'
import { comparableErrors } from './comparable-errors.ts'
import { randomOperation } from './random-operation.ts'

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

const operation = randomOperation(createSchema(), LITERALS)

const comparable = ({ data, errors, calls }: Answer, { emulator }: Gateway) => ({
  data: JSON.stringify(data).replaceAll(emulator.url, 'http://upstream'),
  errors: comparableErrors(errors),
  calls: calls.toSorted(),
})

/** Upstream calls fall into so many groups by their paths, of which one can fail. */
const GROUPS = 4

test('every operation is answered as graphql-js answers it, whatever calls fail', async () => {
  let failing: number | undefined
  const options: GatewayOptions = {
    recordCount: 40,
    distort: (body, path) => (crc32(path) % GROUPS === failing ? null : body),
  }
  await using ours = await startGateway(options)
  await using theirs = await startGateway({ ...options, execute: executeAsGraphqlJs })
  const failingGroup = fc.option(fc.nat(GROUPS - 1), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(operation, failingGroup, async ({ source, variables }, group) => {
      failing = group
      ours.forget()
      theirs.forget()
      const expected = comparable(await theirs.ask(source, variables), theirs)
      expect(comparable(await ours.ask(source, variables), ours)).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})
