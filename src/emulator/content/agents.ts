import { hash, seedFor } from '../random.ts'
import { AGENTS, type Agent } from './words/agents.ts'

/** Who handled each of the computed records, answered from either side without a scan. */
export interface Assignment {
  agentOf(number: number): Agent
  /** How many records below this number are the agent's. */
  countBelow(agentId: number, number: number): number
  /** The number of the agent's record of this rank (from 0). */
  numberAt(agentId: number, rank: number): number
}

const BLOCK = 32
const SLOTS = AGENTS.flatMap(agent => new Array<Agent>(agent.share).fill(agent))

export const agentById = (id: number): Agent | undefined => AGENTS.find(agent => agent.id === id)

/**
 * Each block of 32 numbers deals the same 32 slots, in an order of its own; so an agent has the
 * same share of every block, and only the block at hand needs to be looked into.
 */
export function createAssignment(seed: number): Assignment {
  const orderSeed = seedFor(seed, 'agents')

  const agentAt = (block: number, offset: number) =>
    SLOTS[slotOf(offset, hash(orderSeed, block))] ?? AGENTS[0]

  const countInBlock = (agentId: number, block: number, offsets: number) => {
    let count = 0
    for (let offset = 0; offset < offsets; offset++)
      if (agentAt(block, offset).id === agentId) count++
    return count
  }

  return {
    agentOf: number => agentAt(Math.floor(number / BLOCK), number % BLOCK),
    countBelow(agentId, number) {
      const block = Math.floor(number / BLOCK)
      return block * shareOf(agentId) + countInBlock(agentId, block, number % BLOCK)
    },
    numberAt(agentId, rank) {
      const share = shareOf(agentId)
      const block = Math.floor(rank / share)
      let left = rank % share
      for (let offset = 0; offset < BLOCK; offset++)
        if (agentAt(block, offset).id === agentId && left-- === 0) return block * BLOCK + offset
      throw new RangeError(`agent ${agentId} has no record of rank ${rank}`)
    },
  }
}

const shareOf = (agentId: number) => agentById(agentId)?.share ?? 0

/** A permutation of 0 to 31: every step of it can be undone on five bits. */
function slotOf(offset: number, key: number): number {
  const odd = (shift: number) => ((key >>> shift) & 30) | 1
  const first = (offset * odd(0) + (key >>> 4)) & 31
  const second = ((first ^ (first >>> 2)) * odd(8) + (key >>> 13)) & 31
  return ((second ^ (second >>> 3)) * odd(17) + (key >>> 22)) & 31
}
