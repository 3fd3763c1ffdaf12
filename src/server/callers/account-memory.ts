import { createHmac, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { createKnowledge, type Knowledge } from '../../loaders/knowledge.ts'

/** What is known of the upstream as one of its accounts sees it, for as long as a request lives. */
export interface Identity {
  readonly knowledge: Knowledge
  /** Is called with the outcome of each call of this identity. */
  onCall(outcome: string): void
}

const MAX_IDENTITIES = 500

/**
 * Keeps what was learnt apart for each upstream credential, of which it holds no copy.
 *
 * An identity is kept from its first successful call on, and dropped as soon as the upstream no
 * longer accepts it: so made-up credentials take no room.
 */
export function createIdentities(max = MAX_IDENTITIES): (authorization: string) => Identity {
  const key = randomBytes(32)
  const kept = new LRUCache<string, Knowledge>({ max })

  return authorization => {
    const name = createHmac('sha256', key).update(authorization).digest('base64')
    const knowledge = kept.get(name) ?? createKnowledge()
    return {
      knowledge,
      onCall(outcome) {
        if (outcome === 'ok' && !kept.has(name)) kept.set(name, knowledge)
        if (outcome === 'UNAUTHENTICATED') kept.delete(name)
      },
    }
  }
}
