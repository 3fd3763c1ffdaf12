import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { AgentNames } from '../../src/loaders/agent-names.ts'

test('a name is believed for so long, and then not any more', async () => {
  const [short, long] = [new AgentNames({ ttl: 1000 }), new AgentNames()]
  for (const names of [short, long]) names.learn(206, '杨帆')
  expect(short.get(206)).toBe('杨帆')
  await wait(1100)
  expect([short.get(206), long.get(206)]).toEqual([undefined, '杨帆'])
})

test('memory is bounded: the name used longest ago goes first', () => {
  const names = new AgentNames({ max: 2 })
  for (const id of [1, 2]) names.learn(id, `agent ${id}`)
  names.get(1)
  names.learn(3, 'agent 3')
  expect([1, 2, 3].map(id => names.get(id))).toEqual(['agent 1', undefined, 'agent 3'])
})
