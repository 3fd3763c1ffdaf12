import { randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { UpstreamNotFoundError } from '../upstream/errors.ts'
import type { ReceivedAnswer } from './held-answer.ts'
import { ANSWER_KINDS } from './lifetimes.ts'
import type { Sealing } from './sealing.ts'

/** What is asked of the store that several processes share: commands of Redis. */
export interface SharedStore {
  /** Values in the order of their keys; null for what is not there. */
  read(keys: readonly string[]): Promise<readonly (Buffer | null)[]>
  write(key: string, value: Buffer, expiresMs: number): Promise<unknown>
  /** Only if nothing is there: says whether it did. */
  writeNew(key: string, value: Buffer, expiresMs: number): Promise<boolean>
  close(): void
}

/** A token of an owner's generation, which all processes have the same of. */
type SharedToken = string | undefined

interface SharedAnswersOptions {
  readonly store: SharedStore
  readonly sealing: Sealing
  readonly nowMs: () => number
}

/** Changes if answers are written another way, so that older processes do not read them. */
const VERSION = 'b8:1'
/** So long one waits for the store. It is left alone for a while if that was not enough, or it failed. */
const MOST_WAIT_MS = 15
const PAUSE_MS = 1000
/** What a store that answers nothing is left with. */
const MOST_WRITES = 100
const MOST_OWNERS = 1000
const DAY_MS = 86_400_000

const SHARED_ANSWER = z.object({
  token: z.string(),
  origin: z.string(),
  kind: z.enum(ANSWER_KINDS),
  beganAtMs: z.number(),
  receivedAtMs: z.number(),
  bytes: z.number(),
  body: z.unknown(),
})

/**
 * Answers that processes share, under names and as values that nobody else can read. Whatever befalls
 * the store costs a moment and no answer: then nothing is found there.
 */
export class SharedAnswers {
  /** Stands for this process: times of one process can be compared, those of two only about. */
  readonly #origin = randomUUID()
  readonly #options: SharedAnswersOptions
  /** Of owners, as they were at the last look. */
  readonly #tokens = new LRUCache<string, string>({ max: MOST_OWNERS })
  #pausesUntilMs = 0
  /** Those under way. */
  #writes = 0

  constructor(options: SharedAnswersOptions) {
    this.#options = options
  }

  /** The owner's token; undefined if there is none or it is not known. */
  async tokenOf(owner: string): Promise<SharedToken> {
    const [sealed] = (await this.#read([this.#tokenKeyOf(owner)])) ?? []
    return sealed?.toString()
  }

  /**
   * Undefined if it is not there, not in time, or not of the owner's generation. `onRefused` is called
   * if another process was refused as the owner since the last look: then nothing held is of use.
   */
  async find(
    owner: string,
    name: string,
    onRefused: () => void = () => undefined,
  ): Promise<ReceivedAnswer | undefined> {
    const key = this.#answerKeyOf(owner, name)
    const [token, sealed] = (await this.#read([this.#tokenKeyOf(owner), key])) ?? []
    if (!token) return undefined
    const known = this.#tokens.get(owner)
    this.#tokens.set(owner, token.toString())
    if (known !== undefined && known !== token.toString()) onRefused()
    if (!sealed) return undefined
    const text = this.#options.sealing.open(key, sealed)
    const answer = text === undefined ? undefined : parseAnswer(text)
    if (!answer || answer.token !== token.toString() || answer.origin === this.#origin)
      return undefined
    const isAbsent = answer.kind === 'absent_page'
    const body = isAbsent ? new UpstreamNotFoundError(ABSENT) : answer.body
    return { ...answer, body }
  }

  /** `token` is the owner's as it was when the answer was asked for. */
  async keep(
    owner: string,
    name: string,
    { kind, body, bytes, beganAtMs, receivedAtMs }: ReceivedAnswer,
    token: SharedToken,
    expiresMs: number,
  ): Promise<void> {
    if (expiresMs < 1) return
    const own = token ?? (await this.#createToken(owner))
    if (own === undefined) return
    const key = this.#answerKeyOf(owner, name)
    const times = { beganAtMs, receivedAtMs }
    const text = JSON.stringify({ token: own, origin: this.#origin, kind, bytes, ...times, body })
    await this.#write(() =>
      this.#options.store.write(key, this.#options.sealing.seal(key, text), Math.ceil(expiresMs)),
    )
  }

  /** Nothing that was asked for before is found any more, by no process. */
  async refuse(owner: string): Promise<void> {
    const token = Buffer.from(randomUUID())
    this.#tokens.set(owner, token.toString())
    await this.#write(() => this.#options.store.write(this.#tokenKeyOf(owner), token, 7 * DAY_MS))
  }

  close(): void {
    this.#options.store.close()
  }

  async #createToken(owner: string): Promise<SharedToken> {
    const token = Buffer.from(randomUUID())
    const key = this.#tokenKeyOf(owner)
    const isNew = await this.#write(() => this.#options.store.writeNew(key, token, 7 * DAY_MS))
    return isNew ? token.toString() : this.tokenOf(owner)
  }

  #tokenKeyOf(owner: string): string {
    return `${VERSION}:t:${this.#options.sealing.nameOf(owner)}`
  }

  #answerKeyOf(owner: string, name: string): string {
    return `${VERSION}:a:${this.#options.sealing.nameOf(owner, name)}`
  }

  async #read(keys: readonly string[]) {
    if (this.#options.nowMs() < this.#pausesUntilMs) return undefined
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<undefined>(resolve => {
      // If this process was busy, what came meanwhile is read first.
      timer = setTimeout(() => setImmediate(() => resolve(undefined)), MOST_WAIT_MS)
    })
    try {
      const values = await Promise.race([this.#options.store.read(keys), late])
      if (!values) this.#pause()
      return values
    } catch {
      this.#pause()
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  /** Nobody waits for it: so a store that is slow to read may still be written to, but for a few. */
  async #write<Written>(write: () => Promise<Written>): Promise<Written | undefined> {
    if (this.#writes >= MOST_WRITES) return undefined
    this.#writes += 1
    try {
      return await write()
    } catch {
      this.#pause()
      return undefined
    } finally {
      this.#writes -= 1
    }
  }

  /** Why it failed does not matter: the upstream is asked in its place. */
  #pause(): void {
    this.#pausesUntilMs = this.#options.nowMs() + PAUSE_MS
  }
}

const ABSENT = 'The upstream does not have this page.'

function parseAnswer(text: string) {
  try {
    return SHARED_ANSWER.safeParse(JSON.parse(text)).data
  } catch {
    // Written by another version, or damaged: as good as not there.
    return undefined
  }
}
