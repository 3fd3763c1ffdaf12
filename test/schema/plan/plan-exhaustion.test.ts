import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { NOTHING_KNOWN } from '../../../src/schema/plan/expectations.ts'
import { createOperationReader } from '../../../src/schema/plan/read-operation.ts'
import { createSchema } from '../../../src/schema/schema.ts'
import { cpuMs, leastOfThree } from '../../measure.ts'

const readOperation = createOperationReader(createSchema())

describe('a document that is made to exhaust the planner', () => {
  const fragments = (count: number, fields: (next: string) => string, last: string) =>
    [
      ...Array.from(
        { length: count },
        (_, at) => `fragment F${at} on Agent { ${fields(`F${at + 1}`)} }`,
      ),
      `fragment F${count} on Agent { ${last} }`,
    ].join('\n')

  const below = (args: string, next: string) =>
    `remoteRecords(${args}) { nodes { agent { ...${next} } } }`

  it.each([
    ['spreads each fragment twice', (next: string) => `...${next} ...${next}`],
    [
      'below two names',
      (next: string) => `a: ${below('first: 1', next)} b: ${below('first: 1', next)}`,
    ],
    [
      'below two arguments',
      (next: string) => `a: ${below('first: 1', next)} b: ${below('last: 1', next)}`,
    ],
  ])('%s', async (_, fields) => {
    const text = `{ agent(servicerId: 203) { ...F0 } }
      ${fragments(20, fields, 'name')}`
    const plan = () => {
      const { objects } = readOperation(parse(text), undefined, {}).plan(() => NOTHING_KNOWN)
      expect(objects).toBeGreaterThan(0)
    }
    expect(await leastOfThree(200, () => cpuMs(plan))).toBeLessThan(200)
  })

  it('is wide', async () => {
    const fields = Array.from(
      { length: 2000 },
      (_, at) => `r${at}: remoteRecords(first: ${1 + (at % 100)}) { nodes { ...All } }`,
    )
    const text = `{ ${fields.join(' ')} }
      fragment All on RemoteRecord { ${Array.from({ length: 300 }, (_, at) => `f${at}: price`)} }`
    const plan = () => readOperation(parse(text), undefined, {}).plan(() => NOTHING_KNOWN)
    expect(await leastOfThree(500, () => cpuMs(plan))).toBeLessThan(500)
  })
})
