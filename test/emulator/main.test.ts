import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { welcome } from '../../src/emulator/welcome.ts'
import { csIdsOf, type ListBody } from './calling.ts'

const MAIN = new URL('../../src/emulator/main.ts', import.meta.url).pathname
const run = promisify(execFile)

function start(environment: Record<string, string>) {
  const env = { PATH: process.env.PATH, EMULATOR_PORT: '0', ...environment }
  return spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

test('it prints commands that work as printed, and ends quietly when told to', async () => {
  const emulator = start({ EMULATOR_RECORDS: '500', EMULATOR_ORDER: 'ascending' })
  const [printed] = (await once(emulator.stdout, 'data')) as [Buffer]
  const commands = printed.toString().match(/curl -u .*/g) ?? []
  expect(commands).toHaveLength(5)
  expect(printed.toString()).toContain('All data is made up')
  for (const command of commands) {
    const { stdout } = await run('sh', ['-c', `${command} -s -w '%{http_code}' -o /dev/null`])
    expect(stdout, command).toBe('200')
  }
  emulator.kill('SIGTERM')
  expect(await once(emulator, 'exit')).toEqual([0, null])
})

test('it says in what it is odd, and is', async () => {
  const emulator = start({ EMULATOR_ODDITIES: 'turned-pages,hidden-rows', EMULATOR_RECORDS: '12' })
  const [printed] = (await once(emulator.stdout, 'data')) as [Buffer]
  expect(printed.toString()).toContain(`It is odd on purpose:
  Pages come newest first, the rows of each oldest first.
  Every tenth row is missing on its page, and counted all the same.
`)
  const [list = ''] = printed.toString().match(/curl -u .*histories.json/) ?? []
  const { stdout } = await run('sh', ['-c', `${list}' -s`])
  const body: ListBody = JSON.parse(stdout)
  expect(csIdsOf(body.remoterecords)).toEqual([
    1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1011,
  ])
  expect(body.count).toBe(12)
  emulator.kill('SIGTERM')
  await once(emulator, 'exit')
})

test('it says nothing of oddities where there are none', async () => {
  expect(welcome('http://127.0.0.1:1', 1000, [])).not.toContain('odd')
})

const BAD = [
  ['EMULATOR_PORT', '70000'],
  ['EMULATOR_RECORDS', 'many'],
  ['EMULATOR_DAYS', '0'],
  ['EMULATOR_ORDER', 'sideways'],
  ['EMULATOR_MAX_PER_PAGE', '-1'],
  ['EMULATOR_LATENCY_MS', '1.5'],
  ['EMULATOR_ODDITIES', 'hidden-rows,upside-down'],
] as const

test.each(BAD)('%s=%s is refused in one sentence', async (variable, value) => {
  const emulator = start({ [variable]: value })
  const said = once(emulator.stderr, 'data') as Promise<[Buffer]>
  const [code] = (await once(emulator, 'exit')) as [number]
  expect(code).toBe(1)
  expect((await said)[0].toString()).toMatch(new RegExp(`^${variable} must be .*\n$`))
})
