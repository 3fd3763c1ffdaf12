import { expect, test } from 'vitest'
import { AGENTS } from '../../src/emulator/content/words/agents.ts'
import { handOver, robot } from '../../src/emulator/odd/odd-chats.ts'
import type { ChatBody } from '../emulator/calling.ts'
import { startGateway } from '../gateway.ts'

const ROBOT = '小帮'
const COLLEAGUE = '孙悦'

/**
 * Who says the agent's line of this number; undefined for the agent, null if nobody says it. Line 0 is
 * a robot's greeting, before all others.
 */
type Spokesman = (csId: number, line: number) => string | null | undefined

const startWithSpeakers = (spokesman: Spokesman, options = {}) =>
  startGateway({
    ...options,
    distort: (body: ChatBody, path) => {
      if (!path.includes('chatrecords') || !body.remote_chatrecords) return body
      const csId = Number(/(\d+)\.json/.exec(path)?.[1])
      let line = 0
      const [first] = body.remote_chatrecords.contents
      const greetings = spokesman(csId, 0)
        ? [{ ...first, spokesman_identity: 1, spokesman: ROBOT }]
        : []
      const contents = [...greetings, ...body.remote_chatrecords.contents].flatMap(message => {
        if (Number(message.spokesman_identity) !== 1 || message.spokesman === ROBOT) return message
        const name = spokesman(csId, ++line)
        return name === null ? [] : { ...message, spokesman: name ?? message.spokesman }
      })
      const count = contents.length
      return { ...body, count, remote_chatrecords: { ...body.remote_chatrecords, contents } }
    },
  })

const LATEST = '{ remoteRecords(first: 20) { nodes { agent { servicerId name } } } }'
const ONE = 'query ($id: ID!) { agent(servicerId: $id) { servicerId name } }'

const nameOf = (id: string | number) => AGENTS.find(agent => agent.id === Number(id))?.name

type Handled = { agent: { servicerId: string; name: string | null } | null }

function expectRightNames(nodes: readonly Handled[]) {
  const agents = nodes.flatMap(({ agent }) => agent ?? [])
  expect(agents.length).toBeGreaterThan(5)
  for (const { servicerId, name } of agents)
    expect([servicerId, name]).toEqual([servicerId, nameOf(servicerId)])
}

const ROBOT_GREETS: Spokesman = (_, line) => (line === 0 ? ROBOT : undefined)
const HANDED_OVER: Spokesman = (csId, line) => (csId >= 2990 && line > 1 ? COLLEAGUE : undefined)
const BOTH: Spokesman = (_, line) => (line === 0 ? ROBOT : line > 3 ? COLLEAGUE : undefined)

test.each([
  ['a robot greets', ROBOT_GREETS],
  ['the newest chats were handed over', HANDED_OVER],
  ['a robot greets, and a colleague ends the longer ones', BOTH],
])('where %s, names are right, whoever asks first', async (_, spokesman) => {
  for (const sources of [
    [LATEST, ONE],
    [ONE, LATEST],
  ]) {
    await using gateway = await startWithSpeakers(spokesman)
    for (const source of sources) {
      const { data, failures, calls, atMost } = await gateway.ask(source, { id: '206' })
      expect(failures).toEqual([])
      expect(calls.length).toBeLessThanOrEqual(atMost)
      if (data.agent) expect(data.agent.name).toBe('杨帆')
      else expectRightNames(data.remoteRecords.nodes)
    }
  }
})

test.each(AGENTS.map(({ id, name }) => [name, id] as const))(
  '%s never gets the name of the robot that greets, or of who takes over after ten messages',
  async (name, id) => {
    await using gateway = await startGateway({
      oddities: {
        chatrecords: {
          spokesman: message => robot(1, ROBOT)(message) ?? handOver(11, COLLEAGUE)(message),
        },
      },
    })
    const { data, failures, calls, atMost } = await gateway.ask(ONE, { id })
    expect(failures.map(failure => failure.split(' ')[0])).toEqual(
      data.agent.name === null ? ['LOOKUP_INCONCLUSIVE'] : [],
    )
    expect([name, null]).toContain(data.agent.name)
    expect(calls.length).toBeLessThanOrEqual(atMost)
  },
)

test('a robot that greets everyone costs no chat more where several agents are asked for', async () => {
  await using gateway = await startWithSpeakers(ROBOT_GREETS)
  const { data, calls } = await gateway.ask(LATEST)
  expectRightNames(data.remoteRecords.nodes)
  const agents = new Set(
    data.remoteRecords.nodes.flatMap(({ agent }: Handled) => agent?.servicerId ?? []),
  )
  expect(calls.filter(call => call.startsWith('chatrecords'))).toHaveLength(agents.size)
})

test('a chat that was handed over is compared with another one', async () => {
  await using gateway = await startWithSpeakers((csId, line) =>
    csId === 2999 && line > 1 ? COLLEAGUE : undefined,
  )
  const { data, calls } = await gateway.ask(
    '{ remoteRecords(first: 1) { nodes { agent { name } } } }',
  )
  expect(data.remoteRecords.nodes).toEqual([{ agent: { name: nameOf(207) } }])
  expect(calls).toEqual([
    'histories page=1 per_page=4',
    'chatrecords/2999 page=1 per_page=100',
    'agent_histories/207 page=1 per_page=4',
    expect.stringMatching(/^chatrecords\/(?!2999)\d+ page=1 per_page=100$/),
  ])
})

test('a newest chat with lines of the client alone is no reason for null', async () => {
  await using gateway = await startWithSpeakers(csId => (csId === 2999 ? null : undefined))
  const { data, failures } = await gateway.ask(ONE, { id: '207' })
  expect(failures).toEqual([])
  expect(data.agent.name).toBe(nameOf(207))
})

test('null is proven by all chats of the agent; three that are silent among many prove nothing', async () => {
  await using few = await startWithSpeakers(() => null, { recordCount: 0 })
  for (let added = 0; added < 2; added++) few.emulator.insertRecord({ agentId: 207 })
  const proven = await few.ask(ONE, { id: '207' })
  expect(proven.failures).toEqual([])
  expect(proven.data.agent.name).toBeNull()
  await using many = await startWithSpeakers(() => null)
  const { data, errors, failures, calls, atMost } = await many.ask(ONE, { id: '207' })
  expect(data.agent.name).toBeNull()
  expect(failures).toEqual(['LOOKUP_INCONCLUSIVE agent name'])
  expect(errors?.[0]?.extensions).toMatchObject({ retryable: false })
  expect(calls.filter(call => call.startsWith('chat'))).toHaveLength(3)
  expect(calls.length).toBeLessThanOrEqual(atMost)
})

test('one chat in which two speak proves neither', async () => {
  await using gateway = await startWithSpeakers((_, line) => (line > 1 ? COLLEAGUE : undefined), {
    recordCount: 0,
  })
  gateway.emulator.insertRecord({ agentId: 207 })
  const { data, failures } = await gateway.ask(ONE, { id: '207' })
  expect(data.agent.name).toBeNull()
  expect(failures).toEqual(['LOOKUP_INCONCLUSIVE agent name'])
})

test('of an agent whose latest 20 records have no chat, older ones are looked through', async () => {
  await using gateway = await startGateway()
  for (let added = 0; added < 25; added++) {
    gateway.emulator.insertRecord({ agentId: 207, fields: { ChatRecord: 0 } })
  }
  const { data, failures } = await gateway.ask(ONE, { id: '207' })
  expect(failures).toEqual([])
  expect(data.agent.name).toBe(nameOf(207))
})
