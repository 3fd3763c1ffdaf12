import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { isChromiumInstalled, openGraphiql } from '../server/graphiql/chromium.ts'
import { readOptions } from './options.ts'
import { EXAMPLE } from './page.ts'
import { areRoutersInstalled, HOW_TO_INSTALL } from './router.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** The examples in GraphiQL, and what only the answer to each of them has. */
const EXAMPLES_SHOW = [
  ['TicketsToTheirChats', '"月末结账提示还有未记账凭证,可是找不到"'],
  ['StaffAndTheirRecords', '"客户服务中心"'],
  ['LatestCompanies', '"743528950"'],
] as const

const SOON = { timeout: 90_000, interval: 20 }

type Supergraph = ReturnType<typeof start>

/** Starts it as the leader of a group of processes, to which all belong that it starts. */
function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { detached: true })
  const group = -(child.pid ?? 0)
  const exited = once(child, 'exit')
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const isAlive = () => {
    try {
      return process.kill(group, 0)
    } catch {
      return false
    }
  }
  return {
    kill: child.kill.bind(child),
    /** As a terminal does: to all of them. */
    pressCtrlC: () => process.kill(group, 'SIGINT'),
    exited,
    /** Whether any of its processes is left. */
    isAlive,
    get stdout() {
      return stdout
    },
    get stderr() {
      return stderr
    },
    /** Resolves with where the router listens, once all has started. */
    async url() {
      await vi.waitFor(() => expect(stdout + stderr).toContain('Ctrl-C'), SOON)
      return /at (\S+);/.exec(stdout)?.[1] ?? ''
    },
    async [Symbol.asyncDispose]() {
      if (isAlive()) process.kill(group, 'SIGKILL')
      await exited
    },
  }
}

async function ask(url: string, query: string) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return response.json()
}

beforeEach(({ skip }) => {
  if (!areRoutersInstalled()) skip(HOW_TO_INSTALL)
})

describe.each([
  { router: 'hive', signal: 'SIGTERM' },
  { router: 'apollo', signal: 'Ctrl-C' },
] as const)('npm run supergraph -- --router $router', ({ router, signal }) => {
  let supergraph: Supergraph
  let url: string

  beforeAll(async () => {
    if (!areRoutersInstalled()) return
    supergraph = start('--port', '0', '--router', router)
    url = await supergraph.url()
  })
  afterAll(() => supergraph?.[Symbol.asyncDispose]())

  it('says where each part listens, and that data is made up', async () => {
    expect(supergraph.stdout).toContain('All data is MADE UP')
    const urls = supergraph.stdout.match(/http:\S+$/gm) ?? []
    expect(urls).toHaveLength(5)
    for (const each of urls) expect((await fetch(each)).status, each).toBeLessThan(500)
  })

  it('answers the query that it prints, across all subgraphs', async () => {
    expect(supergraph.stdout).toContain(EXAMPLE)
    const { data, errors } = await ask(url, EXAMPLE)
    expect(errors).toBeUndefined()
    expect(data.tickets).toHaveLength(3)
    expect(data.tickets[0]).toEqual({
      subject: '远程协助:苏州瑞丰机械制造有限公司',
      remoteRecord: {
        startedAt: expect.any(String),
        description: '月末结账提示还有未记账凭证,可是找不到',
        client: { company: { name: '苏州瑞丰机械制造有限公司' } },
        agent: { name: '刘洋', staffMember: { department: '远程支持部' } },
        chatMessages: {
          nodes: [
            { sender: 'AGENT', text: '您好,请描述一下您遇到的问题' },
            { sender: 'CLIENT', text: '月末结账提示还有未记账凭证,可是找不到' },
          ],
        },
      },
    })
  })

  it('shows GraphiQL, which runs each of its examples and asks no other origin', async ({
    skip,
  }) => {
    if (!isChromiumInstalled()) skip('chromium is not installed')
    await using opened = await openGraphiql(url)
    const { page } = opened
    expect(await page.title()).toContain('MADE-UP DATA')
    for (const [example, shown] of EXAMPLES_SHOW) {
      await page.click('.graphiql-execute-button')
      await page.getByRole('menuitem', { name: example }).click()
      await page.locator('.graphiql-response').getByText(shown).first().waitFor()
    }
    expect(opened.complaints).toEqual([])
    expect(opened.strayRequests).toEqual([])
  })

  it(`ends on ${signal}, and leaves no process behind`, async () => {
    if (signal === 'Ctrl-C') supergraph.pressCtrlC()
    else supergraph.kill(signal)
    expect(await supergraph.exited).toEqual([0, null])
    expect(supergraph.isAlive()).toBe(false)
    expect(supergraph.stderr).toBe('')
  })
})

it('leaves no router behind where it is killed', async () => {
  await using supergraph = start('--port', '0')
  await supergraph.url()
  supergraph.kill('SIGKILL')
  await supergraph.exited
  await expect.poll(supergraph.isAlive, SOON).toBe(false)
})

it('does not start on a port that is in use', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  await using supergraph = start('--port', port)
  expect(await supergraph.exited).toEqual([1, null])
  expect(supergraph.stderr).toBe(`Port ${port} is in use: choose another one with --port.\n`)
  server.close()
})

it('is told what to start by its arguments, and says how where they are wrong', () => {
  expect(readOptions([])).toEqual({ router: 'hive', port: 4010 })
  expect(readOptions(['--router', 'apollo', '--port=0'])).toEqual({ router: 'apollo', port: 0 })
  for (const wrong of [['--router', 'another'], ['--port', 'x'], ['--what'], ['what']])
    expect(() => readOptions(wrong)).toThrow('Usage: npm run supergraph -- [--router hive|apollo]')
})
