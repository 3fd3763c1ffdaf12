/** Who speaks as an agent in a chat. */
export interface Speakers {
  readonly names: readonly string[]
  /** How many messages they sent together. */
  readonly messages: number
  /** Whether the whole chat was read: else others may speak later. */
  readonly isWhole: boolean
}

/** What chats of other agents' records say. */
export interface OtherAgents {
  /** How many agents they are. */
  readonly count: number
  /** In the chats of how many of them somebody speaks. */
  having(name: string): number
}

/** The most chats of one agent's records that are compared. */
export const MAX_CHATS = 3
/** Who speaks for so many other agents is a robot, or takes over from everyone. */
export const AGENTS_OF_A_ROBOT = 2

/**
 * The name that chats of one agent's records prove; undefined if they do not.
 *
 * The upstream does not say which of the speakers is the record's agent: others hand the client over
 * or take over, and a robot counts as an agent. So a name is proven
 *
 * - by one chat, if nobody else speaks there as an agent;
 * - by several chats, if it is the only name that all of them have.
 *
 * Robots are left out before. Of names that all chats have, those that speak for another agent are
 * left out. A chat with a single message of an agent, such as a robot's greeting, counts only once
 * enough others were heard to know a robot by. Chats in which no agent speaks say nothing.
 */
export function provenName(chats: readonly Speakers[], others: OtherAgents): string | undefined {
  const isNoRobot = (name: string) => others.having(name) < AGENTS_OF_A_ROBOT
  const heard = chats
    .filter(({ messages }) => messages > 1 || others.count >= AGENTS_OF_A_ROBOT)
    .map(({ names, isWhole }) => ({ names: names.filter(isNoRobot), isWhole }))
    .filter(({ names }) => names.length > 0)
  const [first] = heard
  if (!first) return nameOfBusyAgent(chats)
  const common = first.names.filter(name => heard.every(({ names }) => names.includes(name)))
  const own = common.length > 1 ? common.filter(name => others.having(name) === 0) : common
  const isEnough = heard.length > 1 || (first.isWhole && first.names.length === 1)
  return isEnough && own.length === 1 ? own[0] : undefined
}

/** One who helps out everywhere is no robot, if nobody else ever speaks in the agent's own chats. */
function nameOfBusyAgent(chats: readonly Speakers[]): string | undefined {
  const name = chats[0]?.names[0]
  const isAlone = chats.every(
    ({ names, messages }) => messages > 1 && names.length === 1 && names[0] === name,
  )
  return chats.length >= MAX_CHATS && isAlone ? name : undefined
}
