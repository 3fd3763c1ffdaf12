import { expect, test } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import {
  agentHistories,
  call,
  chatRecords,
  HISTORIES,
  HISTORIES_V2,
  serviceSummary,
  startAtNow,
} from './calling.ts'

const FOR_ADMINISTRATORS = [HISTORIES, HISTORIES_V2, agentHistories(201), chatRecords(1000)]
const ALL = [...FOR_ADMINISTRATORS, serviceSummary(1000)]

test('an administrator may call every endpoint', async () => {
  await using emulator = await startAtNow()
  for (const path of ALL) expect((await call(emulator, path)).status, path).toBe(200)
})

test('an agent may read service summaries and nothing else', async () => {
  await using emulator = await startAtNow()
  expect((await call(emulator, serviceSummary(1000), SUMMARY_AGENT)).status).toBe(200)
  for (const path of FOR_ADMINISTRATORS) {
    const response = await call(emulator, path, SUMMARY_AGENT)
    expect(response.status, path).toBe(403)
    expect(await response.json()).toMatchObject({ status: '403' })
  }
})

test('no account or a wrong one is 401 with a Basic challenge', async () => {
  await using emulator = await startAtNow()
  const wrong = { ...ADMINISTRATOR, password: 'wrong' }
  const responses = [
    await fetch(emulator.url + HISTORIES),
    await call(emulator, HISTORIES, wrong),
    await fetch(emulator.url + HISTORIES, { headers: { authorization: 'Bearer token' } }),
    await fetch(emulator.url + HISTORIES, { headers: { authorization: 'Basic %%%' } }),
  ]
  for (const response of responses) {
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/)
    expect(await response.json()).toMatchObject({ status: '401' })
  }
})
