import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import type {
  ExecutionArgs,
  ExecutionResult,
  GraphQLFieldResolver,
  GraphQLOutputType,
} from 'graphql'
import {
  buildSchema,
  execute as executeAsGraphqlJs,
  getNullableType,
  isListType,
  isNonNullType,
  parse,
  responsePathAsArray,
} from 'graphql'
import { expect, test } from 'vitest'
import { createExecute } from '../../src/execution/execute.ts'
import { comparableErrors } from './comparable-errors.ts'
import { type RandomOperation, randomOperation } from './random-operation.ts'

const schema = buildSchema(`
  interface Named { name: String! }
  union Part = Branch | Leaf
  type Leaf implements Named { name: String! size: Int }
  type Branch implements Named {
    name: String!
    size: Int
    sizes: [Int!]
    leaf: Leaf!
    branch: Branch
    branches: [Branch!]!
    rows: [[Branch]!]
    named: Named!
    parts: [Part]
  }
  type Query { branch: Branch branches: [Branch!]! root: Branch! }
`)

interface Behaviour {
  readonly seed: number
  readonly isAwaited: boolean
}

/** Each field fails, is null, or is awaited, or not, by its place alone: the same each time. */
function resolver({ seed, isAwaited }: Behaviour): GraphQLFieldResolver<unknown, unknown> {
  const choice = (count: number, ...of: string[]) => crc32([seed, ...of].join(' ')) % count

  function valueAt(path: string, type: GraphQLOutputType): unknown {
    // Of failures beside each other, which comes first is told by waiting alone.
    const mayFail = !(isAwaited && isNonNullType(type))
    const give = () => (mayFail && choice(4, 'fails', path) === 0 ? fail(path) : make(path, type))
    return isAwaited && choice(2, 'awaits', path) === 0 ? Promise.resolve().then(give) : give()
  }

  function fail(path: string): unknown {
    const error = new Error(`failed at ${path}`)
    const ways = [
      () => null,
      () => error,
      () => Symbol('of no type'),
      () => {
        throw error
      },
    ]
    return ways[choice(ways.length, 'how', path)]?.()
  }

  function make(path: string, type: GraphQLOutputType): unknown {
    const nullable = getNullableType(type)
    if (isListType(nullable)) return [0, 1, 2].map(at => itemAt(`${path}.${at}`, nullable.ofType))
    const __typename = ['Branch', 'Leaf'][choice(2, 'is', path)]
    return { Int: 5, String: 'text' }[String(nullable)] ?? { __typename }
  }

  function itemAt(path: string, type: GraphQLOutputType): unknown {
    try {
      return valueAt(path, type)
    } catch (error) {
      return error
    }
  }

  return (_source, _args, _context, { path, returnType }) =>
    valueAt(responsePathAsArray(path).join('.'), returnType)
}

/** An executor's answers to an operation that is run twice. */
async function answers(
  by: (args: ExecutionArgs) => ExecutionResult | PromiseLike<ExecutionResult>,
  { source, variables }: RandomOperation,
  behaviour: Behaviour,
) {
  const fieldResolver = resolver(behaviour)
  const args = { schema, document: parse(source), variableValues: variables, fieldResolver }
  return [await by(args), await by(args)].map(({ data, errors }) => ({
    data: JSON.stringify(data),
    errors: comparableErrors(errors),
  }))
}

test.each([
  ['at once', false],
  ['later', true],
])('what fails %s fails as graphql-js has it fail', async (_, isAwaited) => {
  await fc.assert(
    fc.asyncProperty(randomOperation(schema, {}), fc.nat(), async (operation, seed) => {
      const expected = await answers(executeAsGraphqlJs, operation, { seed, isAwaited })
      expect(await answers(createExecute(), operation, { seed, isAwaited })).toEqual(expected)
    }),
    { numRuns: 1000 },
  )
})
