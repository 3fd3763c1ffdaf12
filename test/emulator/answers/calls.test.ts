import { expect, test } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../../src/emulator/answers/accounts.ts'
import {
  agentHistories,
  call,
  chatRecords,
  HISTORIES,
  HISTORIES_V2,
  type ListBody,
  read,
  serviceSummary,
  startAtNow,
} from '../calling.ts'

test('each call prints as one line, with the parameters that were sent', async () => {
  await using emulator = await startAtNow()
  const paths = [
    `${HISTORIES}?per_page=100&page=1`,
    `${HISTORIES_V2}?endtime=2026-3-2&starttime=2026-03-01`,
    `${agentHistories(203)}?page=1&per_page=100&other=1`,
    `${chatRecords(1999)}?time_end=2026-3-2&time_start=2026-3-1&page=1`,
    `${serviceSummary(1999)}?servicesummary_type=3`,
    '/elsewhere',
  ]
  for (const path of paths) await call(emulator, path)
  expect(emulator.callLines()).toEqual([
    'histories page=1 per_page=100',
    'histories_v2 starttime=2026-03-01 endtime=2026-3-2',
    'agent_histories/203 page=1 per_page=100',
    'chatrecords/1999 page=1 time_start=2026-3-1 time_end=2026-3-2',
    'servicesummary/1999 servicesummary_type=3',
    'unknown /elsewhere',
  ])
})

test('a call is recorded with its account, parameters and status', async () => {
  await using emulator = await startAtNow()
  await call(emulator, `${serviceSummary(1000)}?servicesummary_type=3`, SUMMARY_AGENT)
  await call(emulator, HISTORIES, { ...ADMINISTRATOR, password: 'wrong' })
  await fetch(emulator.url + chatRecords('x'))
  expect(emulator.calls).toEqual([
    {
      endpoint: 'servicesummary',
      method: 'GET',
      path: serviceSummary(1000),
      parameters: { id: '1000', servicesummary_type: '3' },
      account: SUMMARY_AGENT.account,
      status: 200,
      rows: 0,
    },
    expect.objectContaining({ account: ADMINISTRATOR.account, status: 401 }),
    expect.objectContaining({ account: null, parameters: { id: 'x' }, status: 401 }),
  ])
  emulator.clearCalls()
  expect(emulator.calls).toEqual([])
})

test('a call is recorded with how many records or messages its answer lists', async () => {
  await using emulator = await startAtNow()
  await read(emulator, `${HISTORIES}?per_page=7`)
  await read(emulator, `${HISTORIES}?page=9999`)
  await read(emulator, `${chatRecords(1999)}?per_page=2`)
  expect(emulator.calls.map(({ rows }) => rows)).toEqual([7, 0, 2])
})

test('only the latest calls are kept', async () => {
  await using emulator = await startAtNow({ recordedCallLimit: 3 })
  for (let page = 1; page <= 8; page++) await read(emulator, `${HISTORIES}?page=${page}`)
  expect(emulator.callLines()).toEqual([6, 7, 8].map(page => `histories page=${page}`))
  await using silent = await startAtNow({ recordedCallLimit: 0 })
  await read(silent, HISTORIES)
  expect(silent.calls).toEqual([])
})

test('a hook runs before the answer is computed and may change the data', async () => {
  await using emulator = await startAtNow({ recordCount: 5 })
  emulator.beforeAnswer = async seen => {
    expect(seen.status).toBe(0)
    emulator.beforeAnswer = undefined
    emulator.deleteRecord(1002)
  }
  expect(await read<ListBody>(emulator, HISTORIES)).toMatchObject({ count: 4 })
})

test('where the hook throws, the call gets a 500', async () => {
  const beforeAnswer = () => {
    throw new Error('on purpose')
  }
  await using emulator = await startAtNow({ beforeAnswer })
  const response = await call(emulator, HISTORIES)
  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({ status: '500', message: 'on purpose' })
  expect(emulator.calls[0]?.status).toBe(500)
})
