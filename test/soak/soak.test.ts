import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { pathTo } from '../repository/repository.ts'

// A tenth of all answers fails and some never come, for half a minute. How many operations are answered
// is of the machine too, so only a low share of them is expected here.
test("under faults, operations are answered, and no answer is wrong or another caller's", async () => {
  const options = ['--minutes', '0.5', '--rate', '8', '--failures', '0.1', '--stalls', '0.02']
  const { stdout } = await promisify(execFile)(process.execPath, [
    pathTo('test/soak/main.ts'),
    ...options,
  ])
  const numberOf = (name: string) =>
    Number(new RegExp(`^${name} +([0-9.]+)`, 'm').exec(stdout)?.[1])
  expect(numberOf('operations')).toBe(240)
  expect([numberOf('wrong'), numberOf('foreign')]).toEqual([0, 0])
  expect(numberOf('answered')).toBeGreaterThan(200)
  expect(numberOf('calls / needed')).toBeLessThan(1.3)
}, 120_000)
