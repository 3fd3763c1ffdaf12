import type { ExecutionArgs, GraphQLResolveInfo } from 'graphql'
import { buildSchema, execute as executeAsGraphqlJs, parse, responsePathAsArray } from 'graphql'
import { describe, expect, it } from 'vitest'
import { execute, run, schema } from './run.ts'

const factsOf = (info: GraphQLResolveInfo) => ({
  fieldName: info.fieldName,
  fieldNodes: info.fieldNodes,
  returnType: String(info.returnType),
  parentType: info.parentType.name,
  path: responsePathAsArray(info.path),
  typename: info.path.typename,
  isSameSchema: info.schema === schema,
  fragments: { ...info.fragments },
  rootValue: info.rootValue,
  operation: info.operation,
  variableValues: { ...info.variableValues },
})

describe('a resolver', () => {
  it('is told what graphql-js tells it', async () => {
    const source = `query Q($from: Int!) { shelves { ...Book } }
      fragment Book on Book { count: pages(from: $from) }`
    const told = async (by: (args: ExecutionArgs) => unknown) => {
      const facts: unknown[] = []
      await by({
        schema,
        document: parse(source),
        variableValues: { from: 2 },
        rootValue: { shelves: [[{}, {}]] },
        contextValue: 'context',
        fieldResolver(source, args, context, info) {
          facts.push({ source, args, context, ...factsOf(info) })
          return source[info.fieldName]
        },
      })
      return facts
    }
    const facts = await told(execute)
    expect(facts).toHaveLength(3)
    expect(facts).toEqual(await told(executeAsGraphqlJs))
  })
})

describe('what a resolver is given', () => {
  it('has an info, however its parameters are written', async () => {
    const resolvers = [
      (...given: unknown[]) => given[3],
      (_source: unknown, _args?: unknown, _context = {}, info?: unknown) => info,
    ]
    for (const resolver of resolvers) {
      const fieldResolver = (...given: [unknown, unknown, object, GraphQLResolveInfo]) => {
        const info = resolver(...given) as GraphQLResolveInfo
        return { name: info.fieldName }
      }
      Object.defineProperty(fieldResolver, 'length', { value: resolver.length })
      const { data } = await run('{ book { __typename } }', {}, { fieldResolver })
      expect(data).toEqual({ book: { __typename: 'Book' } })
    }
  })

  it.each([
    ['literals', '{ find(by: { names: ["A"] }) }', {}],
    ['variables', 'query ($names: [String]) { find(by: { names: $names }) }', { names: ['A'] }],
  ])('cannot be changed: arguments of %s', async (_, source, variableValues) => {
    const searchable = buildSchema('input By { names: [String] } type Query { find(by: By): Int }')
    const document = parse(source)
    const found: unknown[] = []
    const find = ({ by }: { by: { names: string[] } }) => {
      found.push([...by.names])
      return by.names.push('B')
    }
    for (const _ of [1, 2]) {
      const args = { schema: searchable, document, variableValues, rootValue: { find } }
      expect(await execute(args)).toMatchObject({ data: { find: null } })
    }
    expect(found).toEqual([['A'], ['A']])
  })
})
