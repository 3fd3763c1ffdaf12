import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { NOTHING_KNOWN } from '../../../src/schema/plan/expectations.ts'
import { createOperationReader } from '../../../src/schema/plan/read-operation.ts'
import { createSchema } from '../../../src/schema/schema.ts'

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
  ])('%s', (_, fields) => {
    const document = parse(`{ agent(servicerId: 203) { ...F0 } }
      ${fragments(30, fields, 'name')}`)
    readOperation(parse('{ __typename }'), undefined, {}).plan(() => NOTHING_KNOWN)
    const start = process.cpuUsage()

    const { plan } = readOperation(document, undefined, {})
    const { objects } = plan(() => NOTHING_KNOWN)

    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(20)
    expect(objects).toBeGreaterThan(0)
  })

  it('is wide', () => {
    const fields = Array.from(
      { length: 2000 },
      (_, at) => `r${at}: remoteRecords(first: ${1 + (at % 100)}) { nodes { ...All } }`,
    )
    const document = parse(`{ ${fields.join(' ')} }
      fragment All on RemoteRecord { ${Array.from({ length: 300 }, (_, at) => `f${at}: price`)} }`)
    const start = process.cpuUsage()
    readOperation(document, undefined, {}).plan(() => NOTHING_KNOWN)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(200)
  })
})
