import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatGlobalId } from '../../../src/schema/arguments/global-id.ts'
import { startGateway } from '../../gateway.ts'

const page = fc
  .record({ side: fc.constantFrom('first', 'last'), size: fc.integer({ min: 1, max: 6 }) })
  .map(({ side, size }) => `${side}: ${size}`)

const order = fc.constantFrom('NEWEST_FIRST', 'OLDEST_FIRST')

const chat = page.map(args => `chatMessages(${args}) { totalCount nodes { text } }`)

const ofRecord = fc.oneof(
  fc.constantFrom(
    'csId',
    'problemType { label }',
    'problemDetailType { optionId label }',
    'serviceSummary { state }',
    'agent { servicerId }',
    'agent { name }',
  ),
  chat,
)

/** Each under a name of its own: fields with different arguments do not merge. */
const selection = (field: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(field, { minLength: 1, maxLength: 4 })
    .map(fields => fields.map((each, at) => `f${at}: ${each}`).join(' '))

const records = (field: fc.Arbitrary<string>) =>
  fc
    .tuple(
      page,
      order,
      selection(field),
      fc.constantFrom('', 'totalCount', 'pageInfo { hasNextPage }'),
    )
    .map(([args, by, fields, more]) => `(${args}, order: ${by}) { nodes { ${fields} } ${more} }`)

const ofAgent = records(ofRecord).map(list => `agent { name remoteRecords${list} }`)

const csId = fc.integer({ min: 990, max: 1200 })

const day = fc.integer({ min: 1, max: 23 }).map(each => `2026-11-${String(each).padStart(2, '0')}`)

const nodeId = fc
  .tuple(csId, fc.option(day))
  .map(([id, on]) => [String(id), ...(on === null ? [] : [on])])
  .map(parts => JSON.stringify(formatGlobalId({ typename: 'RemoteRecord', parts })))

const root = fc.oneof(
  records(fc.oneof(ofRecord, ofAgent)).map(list => `remoteRecords${list}`),
  fc
    .tuple(csId, selection(ofRecord))
    .map(([csId, fields]) => `remoteRecord(csId: ${csId}) { ${fields} }`),
  fc
    .tuple(fc.uniqueArray(csId, { minLength: 1, maxLength: 20 }), selection(ofRecord))
    .map(([csIds, fields]) => `remoteRecordsByCsId(csIds: [${csIds}]) { ${fields} }`),
  fc
    .tuple(fc.uniqueArray(nodeId, { minLength: 1, maxLength: 5 }), selection(ofRecord))
    .map(([ids, fields]) => `nodes(ids: [${ids}]) { ... on RemoteRecord { ${fields} } }`),
  fc
    .tuple(fc.uniqueArray(csId, { minLength: 1, maxLength: 20 }), selection(ofRecord))
    .map(([csIds, fields]) => {
      const representations = csIds.map(id => `{ __typename: "RemoteRecord", csId: ${id} }`)
      return `_entities(representations: [${representations}]) { ... on RemoteRecord { ${fields} } }`
    }),
  fc.integer({ min: 199, max: 220 }).map(id => `agent(servicerId: ${id}) { name }`),
  fc.constant('remoteRecords { totalCount }'),
)

const operation = selection(root).map(roots => `{ ${roots} }`)

test.each(['ascending', 'descending'] as const)(
  'no operation makes more calls than its plan says at most, without spare ones, on an upstream that lists %s',
  async listOrder => {
    await using gateway = await startGateway({
      recordCount: 180,
      order: listOrder,
      // More than any of these documents may need: here made is compared with planned.
      maxUpstreamCalls: 10_000,
    })
    await fc.assert(
      fc.asyncProperty(operation, fc.boolean(), async (source, isCold) => {
        if (isCold) gateway.forget()

        const { calls, errors, atMost } = await gateway.ask(source)

        expect(errors).toBeUndefined()
        expect(calls.length).toBeLessThanOrEqual(atMost)
      }),
      { numRuns: 200 },
    )
  },
)
