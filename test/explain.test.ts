import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathTo } from './repository/repository.ts'

const QUERY =
  'query Chats($n: Int!) { remoteRecords(first: $n) { nodes { chatMessages { totalCount } } } }'

async function explain(args: readonly string[], input = '') {
  const child = spawn(process.execPath, [pathTo('src/explain.ts'), ...args])
  child.stdin.end(input)
  const ended = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  return { code: code as number, stdout, stderr }
}

describe('npm run explain', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explain-'))
    await writeFile(join(folder, 'chats.graphql'), QUERY)
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('reads a file, and prints the calls of each field', async () => {
    const args = [join(folder, 'chats.graphql'), '--variables', '{"n": 20}']
    const { code, stdout, stderr } = await explain(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('round  endpoint')
    expect(stdout).toMatch(/^\d +chatrecords +20 +\d+ +remoteRecords\.nodes\.chatMessages$/m)
  })

  it('reads standard input if no file is given', async () => {
    const args = ['--json', '--variables', '{"n": 3}', '--operation', 'Chats']
    const { code, stdout } = await explain(args, QUERY)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ expected: 4 })
  })

  it('has --help', async () => {
    const { code, stdout } = await explain(['--help'])
    expect(code).toBe(0)
    for (const option of ['--variables', '--operation', '--json', '< FILE.graphql'])
      expect(stdout).toContain(option)
  })

  it.each([
    ['{ nothing }', [], 'Cannot query field "nothing" on type "Query".'],
    [QUERY, ['--variables', '[1]'], 'The variables: expected a JSON object.'],
    [QUERY, ['--variables', 'n=1'], 'The variables: expected a JSON object.'],
    [QUERY, ['--operation', 'Other'], 'Expected the name of one operation'],
    ['query A { __typename } query B { __typename }', [], 'use --operation NAME'],
    ['', [], 'Syntax Error'],
  ])('says what is wrong with %j %j', async (query, args, problem) => {
    const { code, stdout, stderr } = await explain(args, query)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(problem)
  })
})
