import { z } from 'zod'
import { UpstreamNotFoundError } from '../upstream/errors.ts'
import type { ReceivedAnswer } from './held-answer.ts'
import { ANSWER_KINDS } from './lifetimes.ts'
import type { SharedEntries, SharedToken } from './shared-entries.ts'

const SHARED_ANSWER = z.object({
  kind: z.enum(ANSWER_KINDS),
  beganAtMs: z.number(),
  receivedAtMs: z.number(),
  bytes: z.number(),
  body: z.unknown(),
})

/** Answers that processes share. */
export class SharedAnswers {
  readonly #entries: SharedEntries

  constructor(entries: SharedEntries) {
    this.#entries = entries
  }

  tokenOf(owner: string): Promise<SharedToken> {
    return this.#entries.tokenOf(owner)
  }

  /**
   * Undefined if none is found. `onRefused` is called if another process was refused as the owner since
   * the last look: then nothing held is of use.
   */
  async find(
    owner: string,
    name: string,
    onRefused: () => void = () => undefined,
  ): Promise<ReceivedAnswer | undefined> {
    const entry = await this.#entries.find(owner, name, { onRefused })
    const answer = entry && SHARED_ANSWER.safeParse(entry.value).data
    if (!answer) return undefined
    const isAbsent = answer.kind === 'absent_page'
    const body = isAbsent ? new UpstreamNotFoundError(ABSENT) : answer.body
    return { ...answer, origin: entry.origin, body }
  }

  /** `token` is the owner's as it was when the answer was asked for. */
  async keep(
    owner: string,
    name: string,
    { kind, body, bytes, beganAtMs, receivedAtMs }: ReceivedAnswer,
    token: SharedToken,
    expiresMs: number,
  ): Promise<void> {
    const value = { kind, bytes, beganAtMs, receivedAtMs, body }
    await this.#entries.keep(owner, name, value, token, expiresMs)
  }

  refuse(owner: string): Promise<void> {
    return this.#entries.refuse(owner)
  }

  close(): void {
    this.#entries.close()
  }
}

const ABSENT = 'The upstream does not have this page.'
