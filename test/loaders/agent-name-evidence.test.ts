import { expect, test } from 'vitest'
import type { Speakers } from '../../src/loaders/agent-name-evidence.ts'
import { provenName } from '../../src/loaders/agent-name-evidence.ts'

const chat = (...names: string[]): Speakers => ({ names, messages: 9, isWhole: true })
const long = (...names: string[]): Speakers => ({ ...chat(...names), isWhole: false })
const short = (name: string): Speakers => ({ ...chat(name), messages: 1 })

const ROBOT = '小帮'
/** In the chats of how many other agents they speak. */
const OTHERS: Readonly<Record<string, number>> = { [ROBOT]: 3, 孙悦: 1 }

test.each<[string, Speakers[], string | undefined]>([
  ['no chat', [], undefined],
  ['a chat in which one agent speaks alone', [chat('杨帆')], '杨帆'],
  ['a long chat that was not read whole', [long('杨帆')], undefined],
  ['two such chats', [long('杨帆'), long('杨帆')], '杨帆'],
  ['a chat that was handed over', [chat('杨帆', '赵敏')], undefined],
  ['it and another one', [chat('杨帆', '赵敏'), chat('赵敏')], '赵敏'],
  ['two with other colleagues', [chat('杨帆', '赵敏'), chat('赵敏', '李静')], '赵敏'],
  ['two with the same colleague', [chat('杨帆', '赵敏'), chat('赵敏', '杨帆')], undefined],
  [
    'the same, if the colleague is heard elsewhere',
    [chat('孙悦', '赵敏'), chat('孙悦', '赵敏')],
    '赵敏',
  ],
  ['two that contradict each other', [chat('杨帆', '李静'), chat('赵敏')], undefined],
  ['a robot and an agent', [chat(ROBOT, '杨帆')], '杨帆'],
  ['a robot alone', [chat(ROBOT)], undefined],
  ['a robot alone, and then an agent', [chat(ROBOT), chat(ROBOT, '杨帆')], '杨帆'],
  [
    'one who speaks everywhere, alone in all own chats',
    [chat(ROBOT), chat(ROBOT), chat(ROBOT)],
    ROBOT,
  ],
  ['a chat in which no agent speaks', [chat()], undefined],
  ['it and another one', [chat(), chat('杨帆')], '杨帆'],
])('%s', (_, chats, name) => {
  const others = { count: 3, having: (speaker: string) => OTHERS[speaker] ?? 0 }
  expect(provenName(chats, others)).toBe(name)
  expect(provenName(chats.toReversed(), others)).toBe(name)
})

test('as long as no others were heard, a single message is taken for a greeting', () => {
  const nobody = { count: 0, having: () => 0 }
  expect(provenName([short(ROBOT)], nobody)).toBeUndefined()
  expect(provenName([short(ROBOT), short(ROBOT), short(ROBOT)], nobody)).toBeUndefined()
  expect(provenName([short(ROBOT), chat(ROBOT, '杨帆')], nobody)).toBeUndefined()
  expect(provenName([short('杨帆'), chat('杨帆')], nobody)).toBe('杨帆')
  expect(provenName([short('杨帆')], { count: 2, having: () => 0 })).toBe('杨帆')
})
