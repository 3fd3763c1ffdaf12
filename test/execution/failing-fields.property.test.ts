import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import type {
  ExecutionArgs,
  ExecutionResult,
  GraphQLFieldResolver,
  GraphQLOutputType,
  GraphQLSchema,
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

const TYPES = `
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
`

const schema = buildSchema(TYPES)

/** Without items that may not be null: graphql-js leaves rejections of their lists unhandled. */
const nullableItems = buildSchema(TYPES.replaceAll('!]', ']'))

interface Behaviour {
  readonly seed: number
  readonly isAwaited: boolean
  /** Whether fields fail that may not be null, even if they are awaited. */
  readonly failsAnywhere: boolean
  /** Is told each position that is resolved: its path, and whether it may be null. */
  readonly onPosition?: (path: string, isNullable: boolean) => void
}

/** Each field fails, is null, or is awaited, or not, by its place alone: the same each time. */
function resolver({
  seed,
  isAwaited,
  failsAnywhere,
  onPosition,
}: Behaviour): GraphQLFieldResolver<unknown, unknown> {
  const choice = (count: number, ...of: string[]) => crc32([seed, ...of].join(' ')) % count

  function valueAt(path: string, type: GraphQLOutputType): unknown {
    onPosition?.(path, !isNonNullType(type))
    // Of failures beside each other, which one comes first depends on how they are awaited.
    const mayFail = failsAnywhere || !(isAwaited && isNonNullType(type))
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
  schema: GraphQLSchema,
) {
  const fieldResolver = resolver(behaviour)
  const args = { schema, document: parse(source), variableValues: variables, fieldResolver }
  return [await by(args), await by(args)]
}

const comparable = ({ data, errors }: ExecutionResult) => ({
  data: JSON.stringify(data),
  errors: comparableErrors(errors),
})

test.each([
  ['at once', false],
  ['later', true],
])('what fails %s fails as graphql-js has it fail', async (_, isAwaited) => {
  await fc.assert(
    fc.asyncProperty(randomOperation(schema, {}), fc.nat(), async (operation, seed) => {
      const behaviour = { seed, isAwaited, failsAnywhere: false }
      const expected = await answers(executeAsGraphqlJs, operation, behaviour, schema)
      const answered = await answers(createExecute(), operation, behaviour, schema)
      expect(answered.map(comparable)).toEqual(expected.map(comparable))
    }),
    { numRuns: 1000 },
  )
})

test('if failures beside each other are awaited, each null has one error, and is where graphql-js has it', async () => {
  await fc.assert(
    fc.asyncProperty(randomOperation(nullableItems, {}), fc.nat(), async (operation, seed) => {
      const nullable = new Map<string, boolean>()
      const onPosition = (path: string, isNullable: boolean) => nullable.set(path, isNullable)
      const behaviour = { seed, isAwaited: true, failsAnywhere: true, onPosition }
      const [expected] = await answers(executeAsGraphqlJs, operation, behaviour, nullableItems)
      for (const { data, errors } of await answers(
        createExecute(),
        operation,
        behaviour,
        nullableItems,
      )) {
        expect(JSON.stringify(data)).toBe(JSON.stringify(expected?.data))
        const nulls = nullsOf(errors, nullable)
        expect(nulls).toHaveLength(new Set(nulls).size)
        expect(outermost(nulls)).toEqual(outermost(nullsOf(expected?.errors, nullable)))
      }
    }),
    { numRuns: 1000 },
  )
})

/** For each error the position that it makes null: the nearest one that may be null. */
const nullsOf = (
  errors: ExecutionResult['errors'],
  nullable: ReadonlyMap<string, boolean>,
): readonly string[] =>
  (errors ?? []).map(({ path = [] }) => {
    const paths = path.map((_, at) => path.slice(0, at + 1).join('.'))
    return paths.findLast(each => nullable.get(each)) ?? ''
  })

/** Those that are in no other one. */
const outermost = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths)]
    .filter(path => !paths.some(other => other !== path && isWithin(path, other)))
    .toSorted()

const isWithin = (path: string, other: string) => other === '' || path.startsWith(`${other}.`)
