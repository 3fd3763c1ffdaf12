import { buildSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createExecute } from '../../src/execution/execute.ts'

const schema = buildSchema('type Book { name: String a: Int b: Int } type Query { books: [Book] }')

const book = { name: 'A', a: 1, b: 2 }
const failing = () => {
  throw new Error('gone')
}

async function answerOf(books: readonly object[], query: string, maxFields: number) {
  const document = parse(query)
  const { data, errors = [] } = await createExecute(maxFields)({
    schema,
    document,
    rootValue: { books },
  })
  return { data, codes: errors.map(({ extensions }) => extensions.code ?? 'failed') }
}

const TOO_LARGE = { data: undefined, codes: ['ANSWER_SIZE_LIMIT'] }

describe('the size of an answer', () => {
  const query = '{ books { name a b } }'
  const three = [book, book, book]

  it('is how many fields its objects have', async () => {
    expect((await answerOf(three, query, 10)).codes).toEqual([])
    expect(await answerOf(three, query, 9)).toEqual(TOO_LARGE)
  })

  it('counts what comes later', async () => {
    const later = three.map(async each => each)
    expect((await answerOf(later, query, 10)).codes).toEqual([])
    expect(await answerOf(later, query, 9)).toEqual(TOO_LARGE)
  })

  it.each([
    ['at once', failing],
    ['later', () => Promise.reject(new Error('gone'))],
  ])('counts an error that comes %s as twenty fields', async (_, name) => {
    const books = [book, { ...book, name }]
    const { data, codes } = await answerOf(books, query, 27)
    expect([JSON.stringify(data), codes]).toEqual([
      '{"books":[{"name":"A","a":1,"b":2},{"name":null,"a":1,"b":2}]}',
      ['failed'],
    ])
    expect(await answerOf(books, query, 26)).toEqual(TOO_LARGE)
  })

  it('ends what is executed: no further field is resolved', async () => {
    let resolved = 0
    const name = () => {
      resolved += 1
      return 'A'
    }
    const counted = { ...book, name }
    const books = Array.from({ length: 1000 }, () => counted)
    expect(await answerOf(books, query, 31)).toEqual(TOO_LARGE)
    expect(resolved).toBe(10)
  })
})
