import type { GraphQLField } from 'graphql'
import { isObjectType } from 'graphql'
import { describe, expect, it, test } from 'vitest'
import { DEAREST, type FieldExtensions } from '../../../src/schema/plan/field-plan.ts'
import { createSchema } from '../../../src/schema/schema.ts'
import { startGateway } from '../../gateway.ts'

const fields = Object.values(createSchema().getTypeMap())
  .filter(isObjectType)
  .flatMap(type =>
    Object.values(type.getFields()).map(field => [`${type.name}.${field.name}`, field] as const),
  )

const descriptions = new Map<string, string>(
  fields.map(([name, { description }]) => [name, description ?? '']),
)

const SENTENCE = /Costs (no|\d+) upstream calls?(?: as a rule, (\d+) at most)?(?: for [\w ]+)?\.$/

/** What a description says: how many calls are expected, and how many there are at most. */
const saidOf = (name: string) => {
  const [, expected, atMost = expected] = SENTENCE.exec(descriptions.get(name) ?? '') ?? []
  return [Number(expected), Number(atMost)]
}

/** Whether a field is planned with calls of its own, whatever is selected below it. */
function makesCalls({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): boolean {
  const { plan, usual = {} }: FieldExtensions = extensions
  const { calls, lookUps } = plan?.(usual as never, DEAREST) ?? {}
  return lookUps !== undefined || calls?.some(({ atMost }) => atMost > 0) === true
}

describe('the description of a field that makes calls', () => {
  // Only routers ask for it.
  const planned = fields.filter(([name, field]) => name !== 'Query._entities' && makesCalls(field))

  it.each(planned)('ends with their number: %s', name => {
    expect(descriptions.get(name)).toMatch(SENTENCE)
    expect(descriptions.get(name)?.match(/Costs/g)).toHaveLength(1)
  })

  test.each([
    [
      'Query.remoteRecords',
      '{ remoteRecords { nodes { csId } } }',
      'remoteRecords { totalCount nodes { problemType { label } } }',
    ],
    [
      'Query.remoteRecord',
      '{ remoteRecord(csId: 1) { status } }',
      'remoteRecord(csId: 1) { problemType { label } }',
    ],
    [
      'Query.serviceSummary',
      '{ serviceSummary(csId: 1) { state } }',
      'serviceSummary(csId: 1) { state }',
    ],
    ['Agent.name', '{ agent(servicerId: 201) { name } }', 'agent(servicerId: 201) { name }'],
  ])('says of %s what is planned for a usual request', async (name, usual, dearest) => {
    await using gateway = await startGateway()
    const { expected } = await gateway.ask(usual)
    const { atMost } = await gateway.ask(`{ ${dearest} }`)
    expect(saidOf(name)).toEqual([expected, atMost])
  })
})

test('the description of a label says what it adds to a page of records', async () => {
  await using gateway = await startGateway()
  const records = (selected: string) => gateway.ask(`{ remoteRecords { nodes { ${selected} } } }`)
  const without = await records('csId')
  const withLabel = await records('problemType { label }')
  expect(saidOf('ProblemType.label')).toEqual([
    withLabel.expected - without.expected,
    withLabel.atMost - without.atMost,
  ])
})

test.each([
  ['客服', ['RemoteRecord.agent', 'Query.agent', 'Agent.name', 'Agent.remoteRecords']],
  ['评价', ['RemoteRecord.rating', 'RemoteRecord.ratingComment']],
  ['聊天', ['RemoteRecord.chatMessages', 'RemoteRecord.hasChat', 'ChatMessage.text']],
])('what is called %s is found by that word', (word, names) => {
  for (const name of names) expect(descriptions.get(name), name).toContain(word)
})
