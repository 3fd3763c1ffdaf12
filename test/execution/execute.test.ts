import { setTimeout as wait } from 'node:timers/promises'
import type { ExecutionArgs } from 'graphql'
import { buildSchema, execute as executeAsGraphqlJs, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { answer, error, execute, run, schema } from './run.ts'

const failing = (message: string) => () => Promise.reject(new Error(message))

describe('an answer', () => {
  it('is there at once where nothing is waited for', () => {
    expect(run('{ book { name } }', { book: { name: 'A' } })).toEqual({
      data: { book: { name: 'A' } },
    })
  })

  it('has its fields in the order of the query, whichever is there first', async () => {
    const book = { name: async () => 'A', pages: () => 5 }
    const { data } = await run('{ book { name count: pages } }', { book })
    expect(JSON.stringify(data)).toBe('{"book":{"name":"A","count":5}}')
  })

  it('waits for all that was begun, also beside what failed', async () => {
    const { promise, resolve } = Promise.withResolvers<number>()
    const book = { name: failing('gone'), pages: () => promise }
    const answered = Promise.resolve(run('{ book { name pages } }', { book }))
    const isEarly = await Promise.race([answered.then(() => true), wait(20).then(() => false)])
    resolve(5)
    expect(isEarly).toBe(false)
    expect(await answered).toEqual({
      data: { book: null },
      errors: [error('gone', 'book', 'name')],
    })
  })

  it('has what an alias calls __proto__ like any other field', async () => {
    const source = '{ book { __proto__: name constructor: pages } }'
    const { data } = await run(source, { book: { name: async () => 'A', pages: 5 } })
    expect(JSON.stringify(data)).toBe('{"book":{"__proto__":"A","constructor":5}}')
  })

  it('has lists of lists, of promises of promises', async () => {
    const shelves = async () => [Promise.resolve([Promise.resolve({ name: 'A' }), null]), []]
    expect(await answer('{ shelves { name } }', { shelves })).toEqual({
      data: { shelves: [[{ name: 'A' }, null], []] },
    })
  })

  it('has the value of a thenable that calls back at once', async () => {
    const thenable = (value: unknown) => ({
      // biome-ignore lint/suspicious/noThenProperty: the test is about objects that are no promises
      then: (resolve: (value: unknown) => void) => resolve(value),
    })
    const book = thenable({ name: thenable('A'), similar: [thenable({ name: 'B' })] })
    expect(await answer('{ book { name similar { name } } }', { book })).toEqual({
      data: { book: { name: 'A', similar: [{ name: 'B' }] } },
    })
  })

  it('has an object as the type that it turns out to be, at once or later', async () => {
    const source = '{ named { __typename ... on Book { pages } } }'
    const named = { pages: 5 }
    for (const typeResolver of [() => 'Book', async () => 'Book'])
      expect(await answer(source, { named }, { typeResolver })).toEqual({
        data: { named: { __typename: 'Book', pages: 5 } },
      })
  })
})

describe('what fails', () => {
  it('is null where it may be null, and nothing else is', async () => {
    const book = { name: 'A', pages: failing('gone') }
    expect(await answer('{ book { name pages } }', { book })).toEqual({
      data: { book: { name: 'A', pages: null } },
      errors: [error('gone', 'book', 'pages')],
    })
  })

  it('is null in its own place of a list', async () => {
    const similar = [failing('gone')(), Promise.resolve({ name: 'B' }), failing('lost')()]
    expect(await answer('{ book { similar { name } } }', { book: { similar } })).toEqual({
      data: { book: { similar: [null, { name: 'B' }, null] } },
      errors: [error('gone', 'book', 'similar', 0), error('lost', 'book', 'similar', 2)],
    })
  })

  it('takes away all around it that cannot be without it', async () => {
    const books = [{ author: { author: failing('gone') } }, { author: { author: {} } }]
    expect(await answer('{ books { author { author { __typename } } } }', { books })).toEqual({
      data: { books: null },
      errors: [error('gone', 'books', 0, 'author', 'author')],
    })
  })

  it('can take away the whole answer', async () => {
    const root = { first: failing('gone'), book: { name: 'A' } }
    expect(await answer('{ first { name } book { name } }', root)).toEqual({
      data: null,
      errors: [error('gone', 'first')],
    })
  })

  it('tells of one cause for one null', async () => {
    const book = { name: failing('gone'), author: failing('lost'), pages: failing('torn') }
    const { data, errors } = await answer('{ book { name author { name } pages } }', { book })
    expect(data).toEqual({ book: null })
    expect(errors).toEqual([error('gone', 'book', 'name')])
  })

  it('at once is the one cause, whatever fails later within it', async () => {
    const book = { name: null, author: { name: failing('late') } }
    expect(await answer('{ book { author { name } name } }', { book })).toEqual({
      data: { book: null },
      errors: [error('Cannot return null for non-nullable field Book.name.', 'book', 'name')],
    })
  })

  it('leaves no rejection of its list unhandled, and waits for the rest of it', async () => {
    let isOver = false
    const late = async () => {
      await wait(5)
      isOver = true
      throw new Error('late')
    }
    const books = [null, Promise.reject(new Error('gone')), late()]
    expect(await answer('{ books { name } }', { books })).toEqual({
      data: { books: null },
      errors: [error('Cannot return null for non-nullable field Query.books.', 'books', 0)],
    })
    expect(isOver).toBe(true)
  })

  it('may be an argument that is null where it cannot be', async () => {
    const source = 'query ($from: Int = 1) { book { pages(from: $from) } }'
    const variableValues = { from: null }
    const { data, errors } = await answer(source, { book: { pages: 5 } }, { variableValues })
    expect(data).toEqual({ book: { pages: null } })
    expect(errors).toEqual([
      error('Argument "from" of non-null type "Int!" must not be null.', 'book', 'pages'),
    ])
  })
})

describe('a document that is run again', () => {
  const source = `query Q($from: Int!, $with: Boolean!) {
    book { pages(from: $from) ... @include(if: $with) { name } }
    first: book @skip(if: $with) { name }
  }`

  it.each([
    [
      'other arguments',
      source.replaceAll(/@\w+\(if: \$with\)/g, '').replace(', $with: Boolean!', ''),
    ],
    ['other conditions too', source],
  ])('has its answer by %s', async (_, text) => {
    const document = parse(text)
    const rootValue = { book: { name: 'A', pages: ({ from }: { from: number }) => from } }
    for (const variableValues of [
      { from: 1, with: true },
      { from: 2, with: false },
      { from: 3, with: true },
    ]) {
      const args = { schema, document, rootValue, variableValues }
      expect(await execute(args)).toEqual(await executeAsGraphqlJs(args))
    }
  })

  it('has its answer by another schema, and other resolvers', async () => {
    const document = parse('{ book { name } }')
    const rootValue = { book: { name: 'A' } }
    const other = buildSchema('type Query { book: Paper } type Paper { name: Int }')
    const fieldResolver = () => ({ name: 'B' })
    for (const args of [{ schema }, { schema: other }, { schema, fieldResolver }, { schema }]) {
      const all = { ...args, document, rootValue }
      const [ours, theirs] = [await execute(all), await executeAsGraphqlJs(all)]
      expect(JSON.stringify(ours)).toEqual(JSON.stringify(theirs))
    }
  })
})

describe('what is no query that can run is refused as graphql-js does it', () => {
  it.each<[title: string, source: string, more: Partial<ExecutionArgs>]>([
    ['a mutation where there is none', 'mutation { __typename }', {}],
    ['no operation at all', 'fragment F on Query { __typename }', {}],
    ['an operation by a wrong name', 'query A { __typename }', { operationName: 'B' }],
    ['one of two operations', 'query A { __typename } query B { __typename }', {}],
    ['a variable that is missing', 'query ($from: Int!) { book { pages(from: $from) } }', {}],
  ])('%s', async (_, source, more) => {
    const expected = await executeAsGraphqlJs({ schema, document: parse(source), ...more })
    expect(expected.errors).toHaveLength(1)
    expect(await run(source, {}, more)).toEqual(expected)
  })
})
