import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'

test('a client is its number, in records and in references', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `{
      remoteRecords(first: 1) { nodes { client { uniqueNumber } } }
      _entities(representations: [{ __typename: "Client", uniqueNumber: "289789809" }]) {
        ... on Client { uniqueNumber }
      }
    }`,
  )
  expect(data.remoteRecords.nodes).toEqual([{ client: { uniqueNumber: '743528950' } }])
  expect(data._entities).toEqual([{ uniqueNumber: '289789809' }])
  expect(calls).toEqual(['histories page=1 per_page=100'])
})
