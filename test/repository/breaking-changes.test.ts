import { describe, expect, it } from 'vitest'
import { BREAKING_CHANGES } from './breaking-changes.ts'
import { breakingChanges } from './schema-changes.ts'
import { readRepositoryFile } from './source-files.ts'

const FILES = [
  ['schema.graphql', 'test/repository/released.graphql'],
  ['test/supergraph/remote-assistance.graphql', 'test/repository/released-subgraph.graphql'],
] as const

describe('the graph, compared with the one that callers and routers know', async () => {
  const changes = await Promise.all(
    FILES.map(([now, released]) =>
      breakingChanges(readRepositoryFile(released), readRepositoryFile(now)),
    ),
  )
  const breaking = new Set(changes.flat())
  const listed = BREAKING_CHANGES.map(({ change }) => change)

  it('breaks nothing but what test/repository/breaking-changes.ts says', () => {
    expect(
      [...breaking].filter(change => !listed.includes(change)),
      'These changes break callers. Add the new beside the old and deprecate that; or, if it is on purpose, list them in test/repository/breaking-changes.ts, word for word, and say why',
    ).toEqual([])
  })

  it('breaks all that is listed there', () => {
    expect(
      listed.filter(change => !breaking.has(change)),
      'These changes are not there, or were released long since: remove them from test/repository/breaking-changes.ts',
    ).toEqual([])
  })

  it('each deliberate break says why', () => {
    expect(BREAKING_CHANGES.filter(({ why }) => why.length < 20)).toEqual([])
  })
})

const BEFORE = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { cards(first: Int, only: [String!]): [Card!]! }
  type Card @key(fields: "number") @shareable { number: ID!  holder: String  price: Price!  kind: Kind! }
  enum Kind { SINGLE ANNUAL }
  scalar Price
`

describe('a change breaks callers', () => {
  it.each([
    ['a field goes', 'holder: String', '', "Field 'holder' was removed from object type 'Card'"],
    [
      'a field may be null',
      'price: Price!',
      'price: Price',
      "Field 'Card.price' changed type from 'Price!' to 'Price'",
    ],
    [
      'a field has another type',
      'holder: String',
      'holder: Int',
      "Field 'Card.holder' changed type from 'String' to 'Int'",
    ],
    [
      'an argument goes',
      'first: Int,',
      '',
      "Argument 'first: Int' was removed from field 'Query.cards'",
    ],
    [
      'an argument must be given',
      'first: Int',
      'first: Int!',
      "Type for argument 'first' on field 'Query.cards' changed from 'Int' to 'Int!'",
    ],
    [
      'an argument is new and must be given',
      'first: Int',
      'first: Int, day: String!',
      "Argument 'day: String!' added to field 'Query.cards'",
    ],
    [
      'a value of an enumeration goes',
      'SINGLE ANNUAL',
      'SINGLE',
      "Enum value 'ANNUAL' was removed from enum 'Kind'",
    ],
    ['a key goes', '@key(fields: "number")', '', "Directive 'key' was removed from object 'Card'"],
    [
      'a key is another one',
      '@key(fields: "number")',
      '@key(fields: "holder")',
      "Argument 'fields' was removed from '@key'",
    ],
    [
      'a type is shareable no more',
      '@shareable',
      '',
      "Directive 'shareable' was removed from object 'Card'",
    ],
  ])('if %s', async (_, before, after, message) => {
    expect(await breakingChanges(BEFORE, BEFORE.replace(before, after))).toEqual([message])
  })
})

describe('a change breaks no caller', () => {
  it.each([
    ['a field is new', 'holder: String', 'holder: String  phone: String'],
    ['a field is never null', 'holder: String', 'holder: String!'],
    ['an argument is new', 'first: Int', 'first: Int, last: Int'],
    ['a value of an enumeration is new', 'SINGLE', 'SINGLE MONTHLY'],
    ['a field is described', 'holder: String', '"Whose card it is." holder: String'],
    ['a field is tagged', 'holder: String', 'holder: String @tag(name: "personal")'],
    ['a field has a cost', 'holder: String', 'holder: String @cost(weight: 1)'],
    [
      'a type has a second key',
      '@key(fields: "number")',
      '@key(fields: "number") @key(fields: "holder")',
    ],
  ])('if %s', async (_, before, after) => {
    expect(await breakingChanges(BEFORE, BEFORE.replace(before, after))).toEqual([])
  })
})
