import { expect, test } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import {
  agentHistories,
  call,
  chatRecords,
  HISTORIES,
  login,
  serviceSummary,
  startAtNow,
} from './calling.ts'

const BAD = [
  `${HISTORIES}?page=0`,
  `${HISTORIES}?page=-1`,
  `${HISTORIES}?page=1.5`,
  `${HISTORIES}?page=`,
  `${HISTORIES}?page=99999999999999999999`,
  `${HISTORIES}?per_page=0`,
  `${HISTORIES}?per_page=all`,
  `${HISTORIES}?starttime=2026-13-01`,
  `${HISTORIES}?starttime=2026-02-30`,
  `${HISTORIES}?endtime=yesterday`,
  `${HISTORIES}?endtime=2026-03-18%2010:00:00`,
  agentHistories('wang'),
  chatRecords('0'),
  chatRecords('1e3'),
  chatRecords('%2e%2e'),
  `${chatRecords(1000)}?time_start=2026-03-18`,
  `${chatRecords(1000)}?time_end=2026-03-18`,
  serviceSummary('x'),
  `${serviceSummary(1000)}?servicesummary_type=4`,
  `${serviceSummary(1000)}?servicesummary_type=`,
]

test.each(BAD)('%s is 400', async path => {
  await using emulator = await startAtNow()
  const response = await call(emulator, path)
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ status: '400', message: expect.any(String) })
})

test('an unknown path, chat or summary is 404', async () => {
  await using emulator = await startAtNow({ recordCount: 10 })
  const unknown = [
    '/',
    '/api/v1/remoterecord/histories',
    '/api/v1/remoterecord/histories.json/',
    '/api/v2/remoterecord/histories.json',
    chatRecords(1010),
    chatRecords(999),
    serviceSummary(1010),
  ]
  for (const path of unknown) {
    const response = await call(emulator, path)
    expect(response.status, path).toBe(404)
    expect(await response.json()).toMatchObject({ status: '404' })
  }
})

test('any method but GET is 405 and says what is allowed', async () => {
  await using emulator = await startAtNow()
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
    const headers = { authorization: login(ADMINISTRATOR) }
    const response = await fetch(emulator.url + HISTORIES, { method, headers })
    expect(response.status, method).toBe(405)
    expect(response.headers.get('allow')).toBe('GET')
  }
})
