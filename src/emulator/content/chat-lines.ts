import type { Dice } from '../random.ts'
import type { Service } from './service.ts'
import {
  CLOSINGS,
  CONFIRMATIONS,
  ESCALATIONS,
  EXCHANGES,
  GREETINGS,
  REFUSALS,
  REGRETS,
  THANKS,
} from './words/conversation.ts'

interface ChatLine {
  readonly byAgent: boolean
  readonly text: string
}

// The work begins once the client has said yes.
const OPENING = 6
const WHOLE = 10
// Which lines a short chat keeps, the most useful first.
const IMPORTANCE = [1, 4, 0, 9, 3, 2, 6, 7, 8, 5]

/** As many lines as the session counts, from the greeting to the thanks. */
export function chatLines(service: Service, dice: Dice): ChatLine[] {
  const count = service.session.messageCount
  const story = [...openingLines(service, dice), ...endingLines(service, dice)]
  if (service.session.isOpen) return story.slice(0, count)
  if (count < WHOLE) {
    const kept = new Set(IMPORTANCE.slice(0, count))
    return story.filter((_, at) => kept.has(at))
  }
  const work = workLines(count - WHOLE, dice)
  return [...story.slice(0, OPENING), ...work, ...story.slice(OPENING)]
}

const agent = (text: string): ChatLine => ({ byAgent: true, text })
const client = (text: string): ChatLine => ({ byAgent: false, text })

const openingLines = ({ problem }: Service, dice: Dice): ChatLine[] => [
  agent(dice.pick(GREETINGS)),
  client(problem.words.note),
  agent(problem.words.question),
  client(problem.words.reply),
  agent(problem.words.advice),
]

function endingLines({ outcome }: Service, dice: Dice): ChatLine[] {
  const isSolved = outcome.isSolved
  return [
    client('好的'),
    agent(isSolved ? '处理好了,您再试一下' : '您再试一下看看'),
    client(dice.pick(isSolved ? CONFIRMATIONS : REFUSALS)),
    agent(dice.pick(isSolved ? CLOSINGS : ESCALATIONS)),
    client(dice.pick(isSolved ? THANKS : REGRETS)),
  ]
}

function workLines(count: number, dice: Dice): ChatLine[] {
  const lines: ChatLine[] = []
  while (lines.length < count) {
    const [asked, answered] = dice.pick(EXCHANGES)
    lines.push(agent(asked), client(answered))
  }
  return lines.slice(0, count)
}
