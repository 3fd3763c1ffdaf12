import { expect, test } from 'vitest'
import { type Answer, type Gateway, startGateway } from '../gateway.ts'

/** An upstream whose pages are small, which nobody knows yet. */
const startWith = (maxPerPage: number) => startGateway({ recordCount: 2600, maxPerPage })

const NODES = 'nodes { csId }'
const LISTS = [
  `{ remoteRecords(first: 100) { ${NODES} } }`,
  `{ remoteRecords(last: 100) { ${NODES} } }`,
  '{ remoteRecords(first: 100) { nodes { csId problemType { label } } } }',
  `{ agent(servicerId: 201) { remoteRecords(first: 100) { ${NODES} } } }`,
  '{ remoteRecord(csId: 1234) { companyName } }',
]

const REFERENCES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on RemoteRecord { csId companyName } }
}`

const referencesTo = (step: number) => ({
  representations: Array.from({ length: 1000 }, (_, at) => ({
    __typename: 'RemoteRecord',
    csId: String(1000 + at * step),
  })),
})

test.each([10, 20, 50])('pages of %d rows at most: no more calls than at most', async cap => {
  await using gateway = await startWith(cap)
  for (const query of LISTS) {
    gateway.forget()
    // What shows how small pages are may be in vain: those calls are spare ones.
    expectComplete(await gateway.ask(query), 2)
    expectComplete(await gateway.ask(`${query} # again`))
  }
})

test.each([20, 50])(
  '1,000 references take no more calls than at most, pages of %d rows',
  async cap => {
    await using gateway = await startWith(cap)
    await askReferences(gateway, 1, 2)
    await askReferences(gateway, 1)
    await askReferences(gateway, 2)
  },
)

test('references that follow each other take each page once', async () => {
  await using gateway = await startWith(20)
  await askReferences(gateway, 1)
  const { calls } = await askReferences(gateway, 1)
  expect(calls.length).toBeLessThanOrEqual(53)
})

async function askReferences(gateway: Gateway, step: number, spare = 0) {
  const answer = await gateway.ask(REFERENCES, referencesTo(step))
  expectComplete(answer, spare)
  expect(answer.data._entities).not.toContain(null)
  return answer
}

function expectComplete({ failures, calls, atMost }: Answer, spare = 0): void {
  expect(failures).toEqual([])
  expect(calls.length).toBeLessThanOrEqual(atMost + spare)
}
