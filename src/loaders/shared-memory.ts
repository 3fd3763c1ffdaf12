import { z } from 'zod'
import type { AnswerOwner } from '../cache/answer-cache.ts'
import type { SharedEntries } from '../cache/shared-entries.ts'
import type { AccountMemory } from './account-memory.ts'

/** The latest of what is known: some tens of kilobytes. */
const MOST_OF_A_KIND = 500
/** What is learnt within that time is written once. */
const WRITE_EVERY_MS = 100
/** Labels and names are believed that long, and landmarks learnt anew with each page. */
const EXPIRES_MS = 600_000
const NAME = 'memory'

const csId = z.number().int()

const SHARED_MEMORY = z.object({
  labels: z.array(
    z.object({
      option: z.string(),
      label: z.string().nullable(),
      isSure: z.boolean(),
      learntAtMs: z.number(),
    }),
  ),
  agentNames: z.array(z.object({ servicerId: csId, name: z.string(), learntAtMs: z.number() })),
  landmarks: z.object({
    count: z.number(),
    isRising: z.boolean().optional(),
    marks: z.array(z.object({ csId, fromOldest: z.number() })),
  }),
})

interface Shared {
  /** Of the entry that was read last. */
  version: string | undefined
  /** Of what was learnt here, as far as it was written. */
  revision: number
  isToBeWritten: boolean
  /** By `performance.now`. */
  mayBeWrittenAtMs: number
}

/** What processes share of what they have learnt of the upstream: one entry for each account. */
export class SharedMemory {
  readonly #entries: SharedEntries
  readonly #shared = new WeakMap<AccountMemory, Shared>()

  constructor(entries: SharedEntries) {
    this.#entries = entries
  }

  /** Learns what other processes have learnt. Nothing if the upstream has not accepted the account here. */
  async learn(owner: AnswerOwner, memory: AccountMemory): Promise<void> {
    if (owner.generation === undefined) return
    const shared = this.#sharedOf(memory)
    const onRefused = () => owner.renew()
    const look = { onRefused, except: shared.version }
    const entry = await this.#entries.find(owner.name, NAME, look)
    if (!entry) return
    shared.version = entry.version
    const learnt = SHARED_MEMORY.safeParse(entry.value).data
    if (!learnt) return
    memory.labels.absorb(learnt.labels)
    memory.agentNames.absorb(learnt.agentNames)
    memory.landmarks.absorb(learnt.landmarks)
  }

  /** Has others learn what was learnt here since the last time. Nobody waits for that. */
  share(owner: AnswerOwner, memory: AccountMemory): void {
    const shared = this.#sharedOf(memory)
    const isNew = revisionOf(memory) > shared.revision
    if (!isNew || shared.isToBeWritten || owner.generation === undefined) return
    shared.isToBeWritten = true
    const { name } = owner
    const token = this.#entries.tokenOf(name)
    const waitMs = Math.max(0, shared.mayBeWrittenAtMs - performance.now())
    setTimeout(async () => {
      shared.isToBeWritten = false
      shared.mayBeWrittenAtMs = performance.now() + WRITE_EVERY_MS
      shared.revision = revisionOf(memory)
      await this.#entries.keep(name, NAME, toShared(memory), await token, EXPIRES_MS)
    }, waitMs).unref()
  }

  #sharedOf(memory: AccountMemory): Shared {
    const known = this.#shared.get(memory)
    if (known) return known
    const fresh = { version: undefined, revision: 0, isToBeWritten: false, mayBeWrittenAtMs: 0 }
    this.#shared.set(memory, fresh)
    return fresh
  }
}

const revisionOf = ({ labels, agentNames, landmarks }: AccountMemory) =>
  labels.revision + agentNames.revision + landmarks.revision

const toShared = ({ labels, agentNames, landmarks }: AccountMemory) => ({
  labels: labels.dump(MOST_OF_A_KIND),
  agentNames: agentNames.dump(MOST_OF_A_KIND),
  landmarks: landmarks.dump(MOST_OF_A_KIND),
})
