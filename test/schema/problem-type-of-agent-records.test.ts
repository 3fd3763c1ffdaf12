import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { Waves } from '../loaders/waves.ts'

test("an agent's records have their labels from the second list of their days", async () => {
  await using gateway = await startGateway()
  const source = `{ agent(servicerId: 201) {
    remoteRecords(first: 1) { nodes { csId problemType { label } } }
  } }`
  const { data, calls } = await gateway.ask(source)
  expect(data.agent.remoteRecords.nodes).toEqual([
    { csId: '2991', problemType: { label: '登录与授权' } },
  ])
  expect(calls).toEqual([
    'agent_histories/201 page=1 per_page=4',
    'histories_v2 page=1 per_page=100 starttime=2026-11-23 endtime=2026-11-23',
  ])
  expect((await gateway.ask(source)).calls).toEqual(['agent_histories/201 page=1 per_page=4'])
})

const RECORDS = 'agent_histories/201 page=1 per_page=100'

const OF_AGENT = `{ agent(servicerId: 201) { remoteRecords(first: 100) {
  nodes { csId problemType { label } problemSubtype { label } problemDetailType { label } }
} } }`

test("labels of 100 of an agent's records cost few pages, each of several days, read side by side", async () => {
  const waves = new Waves()
  await using gateway = await startGateway({ beforeAnswer: waves.beforeAnswer })
  const { data, calls } = await gateway.ask(OF_AGENT)
  const days = (from: string, to: string) =>
    `histories_v2 page=1 per_page=100 starttime=2026-${from} endtime=2026-${to}`
  // The records are of 27 days; those of these six windows have all options.
  expect(calls.toSorted()).toEqual([
    RECORDS,
    days('10-27', '10-29'),
    days('11-02', '11-02'),
    days('11-09', '11-11'),
    days('11-12', '11-14'),
    days('11-16', '11-16'),
    days('11-17', '11-19'),
  ])
  expect(waves.seen).toEqual([['agent_histories'], Array(6).fill('histories_v2')])
  const { nodes } = data.agent.remoteRecords
  expect(nodes).toHaveLength(100)
  for (const { problemType, problemSubtype } of nodes) {
    for (const option of [problemType, problemSubtype]) {
      if (option) expect(option.label).toEqual(expect.any(String))
    }
  }
  expect((await gateway.ask(OF_AGENT)).calls).toEqual([RECORDS])
})

test('records of several agents share the pages of their labels', async () => {
  await using gateway = await startGateway()
  const ofAgent = (servicerId: number) =>
    `a${servicerId}: agent(servicerId: ${servicerId}) {
      remoteRecords(first: 3) { nodes { problemType { label } } }
    }`
  const { failures, calls } = await gateway.ask(
    `{ ${ofAgent(201)} ${ofAgent(202)} ${ofAgent(203)} }`,
  )
  expect(failures).toEqual([])
  expect(calls.filter(call => call.startsWith('histories_v2'))).toHaveLength(1)
})

test("the label of an agent's record is found where the record was created days before it began", async () => {
  await using gateway = await startGateway({
    distort: ({ remoterecords, ...body }: { remoterecords?: { csId: number }[] }) => ({
      ...body,
      remoterecords: remoterecords?.map(row =>
        row.csId === 2991 ? { ...row, csBTime: '2026-11-26 09:00:00' } : row,
      ),
    }),
  })
  const { data, failures } = await gateway.ask(
    '{ agent(servicerId: 201) { remoteRecords(first: 1) { nodes { csId problemType { label } } } } }',
  )
  expect(failures).toEqual([])
  expect(data.agent.remoteRecords.nodes).toEqual([
    { csId: '2991', problemType: { label: '登录与授权' } },
  ])
})
