import fc from 'fast-check'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { createPlanner } from '../../../src/schema/plan/plan.ts'
import { createSchema } from '../../../src/schema/schema.ts'
import { startGateway } from '../../gateway.ts'

const plan = createPlanner(createSchema())

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

const root = fc.oneof(
  records(fc.oneof(ofRecord, ofAgent)).map(list => `remoteRecords${list}`),
  fc
    .tuple(fc.integer({ min: 990, max: 1200 }), selection(ofRecord))
    .map(([csId, fields]) => `remoteRecord(csId: ${csId}) { ${fields} }`),
  fc.integer({ min: 199, max: 220 }).map(id => `agent(servicerId: ${id}) { name }`),
  fc.constant('remoteRecords { totalCount }'),
)

const operation = selection(root).map(roots => `{ ${roots} }`)

test.each(['ascending', 'descending'] as const)(
  'no operation makes more calls than its plan says, on an upstream that lists %s',
  async listOrder => {
    await using gateway = await startGateway({
      recordCount: 180,
      order: listOrder,
      maxUpstreamCalls: 1000,
    })
    await fc.assert(
      fc.asyncProperty(operation, fc.boolean(), async (source, isCold) => {
        if (isCold) gateway.forget()
        const { bound } = plan(parse(source), undefined, {})

        const { calls, errors } = await gateway.ask(source)

        expect(errors).toBeUndefined()
        expect(calls.length).toBeLessThanOrEqual(bound)
      }),
      { numRuns: 200 },
    )
  },
)
