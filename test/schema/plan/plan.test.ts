import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { createPlanner } from '../../../src/schema/plan/plan.ts'
import { createSchema } from '../../../src/schema/schema.ts'

const plan = createPlanner(createSchema())

const CHATS = `query ($first: Int, $with: Boolean = true) {
  remoteRecords(first: $first) { nodes { csId chatMessages { nodes { text } } } }
}`

test('a document that was planned before is planned by its variables', () => {
  const document = parse(CHATS)
  const usual = [7, 20, 7].map(first => plan(document, undefined, { first }).usual)
  expect(usual).toEqual([8, 21, 8])
})

test('so it is where they decide what is selected', () => {
  const document = parse(CHATS.replace('chatMessages', 'chatMessages @include(if: $with)'))
  const planned = [true, false, true].map(value => {
    const { steps, rounds } = plan(document, undefined, { first: 7, with: value })
    return [steps.map(({ path, usual }) => `${path} ${usual}`), rounds]
  })
  const withChats = [['remoteRecords 1', 'remoteRecords.nodes.chatMessages 7'], 3]
  expect(planned).toEqual([withChats, [['remoteRecords 1'], 2], withChats])
})

test('each operation of a document has its own plan', () => {
  const document = parse(`query A { remoteRecords { totalCount } }
    query B { remoteRecords(first: 3) { nodes { serviceSummary { state } } } }`)
  expect([plan(document, 'A', {}).usual, plan(document, 'B', {}).usual]).toEqual([1, 4])
})

test('an interface costs what its dearest type does', () => {
  const paths = (fields: string) => {
    const { steps } = plan(parse(`{ node(id: "x") { ${fields} } }`), undefined, {})
    return steps.map(({ path }) => path)
  }
  const chats = '... on RemoteRecord { chatMessages { nodes { text } } }'
  expect(paths(`... on ServiceSummary { state } ${chats}`)).toContain('node.chatMessages')
})
