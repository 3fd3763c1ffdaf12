import fc from 'fast-check'
import type { FragmentDefinitionNode } from 'graphql'
import { getOperationAST, getVariableValues, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { NOTHING_KNOWN } from '../../../src/schema/plan/expectations.ts'
import { createOperationReader } from '../../../src/schema/plan/read-operation.ts'
import { createSchema } from '../../../src/schema/schema.ts'
import { randomOperation } from '../../execution/random-operation.ts'
import { naiveAtMost } from './naive-plan.ts'

const schema = createSchema()
const readOperation = createOperationReader(schema)

const LITERALS = {
  csId: ['1003', '7'],
  csIds: ['[1003, 7]', '[]'],
  servicerId: ['203', '204'],
  id: ['"QWdlbnQ6MjAz"', '"UmVtb3RlUmVjb3JkOjkwMDA"'],
  ids: ['["QWdlbnQ6MjAz", "UmVtb3RlUmVjb3JkOjkwMDA"]'],
  representations: [
    '[{ __typename: "RemoteRecord", csId: 7 }, { __typename: "Agent", servicerId: 203 }]',
  ],
  first: ['2', '5', '2'],
  order: ['OLDEST_FIRST', 'null'],
}

/** Names of agents are not: some of their calls are so many for all together. */
const isCounted = (field: string) => field !== 'name'

test('a plan is what walking the whole operation finds, without memory of any fragment', () => {
  fc.assert(
    fc.property(randomOperation(schema, LITERALS), ({ source, variables }) => {
      const text = source.replaceAll(/@(skip|include)\(if: [^)]*\)/g, '')
      const document = parse(text)
      const operation = getOperationAST(document)
      if (!operation) throw new Error('No operation.')
      const definitions = operation.variableDefinitions ?? []
      const { coerced = {} } = getVariableValues(schema, definitions, variables)
      const fragments = new Map<string, FragmentDefinitionNode>(
        document.definitions.flatMap(each =>
          each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
        ),
      )
      const { errors, plan } = readOperation(document, undefined, variables)
      fc.pre(errors.length === 0)

      const aliases = text.matchAll(/(\w+): name\b/g).map(([, alias = '']) => alias)
      const names = new Set(['name', ...aliases])
      const counted = plan(() => NOTHING_KNOWN).steps.filter(
        ({ path }) => !names.has(path.split('.').at(-1) ?? ''),
      )

      expect(counted.reduce((sum, { atMost }) => sum + atMost, 0)).toBe(
        naiveAtMost({ schema, fragments, variables: coerced }, operation, isCounted),
      )
    }),
    { numRuns: 1000 },
  )
})
