import { randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
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
export type SharedToken = string | undefined

interface SharedEntriesOptions {
  readonly store: SharedStore
  readonly sealing: Sealing
  readonly nowMs: () => number
}

/** What another process has left under a name. */
interface SharedEntry {
  readonly value: unknown
  /** Stands for that process. */
  readonly origin: string
  /** No two entries have the same. */
  readonly version: string
}

interface LookOptions {
  /** Is called if another process was refused as the owner since the last look. */
  readonly onRefused?: () => void
  /** An entry that is of no use, as it was read before. */
  readonly except?: string | undefined
}

/** Changes if entries are written another way, so that older processes do not read them. */
const VERSION = 'b8:2'
/** So long one waits for the store. It is left alone for a while if that was not enough, or it failed. */
const MOST_WAIT_MS = 15
const PAUSE_MS = 1000
/** What a store that answers nothing is left with. */
const MOST_WRITES = 100
const MOST_OWNERS = 1000
const DAY_MS = 86_400_000

const ENTRY = z.object({ token: z.string(), origin: z.string(), value: z.unknown() })

/**
 * What processes share of their owners, under names and as values that nobody else can read. Whatever
 * befalls the store costs a moment and no answer: then nothing is found there.
 */
export class SharedEntries {
  /** Stands for this process: times of one process can be compared, those of two only about. */
  readonly #origin = randomUUID()
  readonly #options: SharedEntriesOptions
  /** Of owners, as they were at the last look. */
  readonly #tokens = new LRUCache<string, string>({ max: MOST_OWNERS })
  #pausesUntilMs = 0
  /** Those under way. */
  #writes = 0

  constructor(options: SharedEntriesOptions) {
    this.#options = options
  }

  /**
   * The owner's token, as it was at the last look; undefined if there is none or it is not known. What
   * is kept with an older one is not found, so that it need not be the latest.
   */
  async tokenOf(owner: string): Promise<SharedToken> {
    return this.#tokens.get(owner) ?? this.#readToken(owner)
  }

  /** Undefined if it is not there, not in time, of this process, or not of the owner's generation. */
  async find(
    owner: string,
    name: string,
    look: LookOptions = {},
  ): Promise<SharedEntry | undefined> {
    const key = this.#keyOf(owner, name)
    const read = await this.#read([this.#tokenKeyOf(owner), key])
    if (!read) return undefined
    const [token, sealed] = read
    if (!token) {
      // If the store was emptied, a new one is made.
      this.#tokens.delete(owner)
      return undefined
    }
    const known = this.#tokens.get(owner)
    this.#tokens.set(owner, token.toString())
    if (known !== undefined && known !== token.toString()) look.onRefused?.()
    if (!sealed) return undefined
    const version = this.#options.sealing.versionOf(sealed)
    const text = version === look.except ? undefined : this.#options.sealing.open(key, sealed)
    const entry = text === undefined ? undefined : parseEntry(text)
    const isOfOthers = entry?.token === token.toString() && entry.origin !== this.#origin
    return entry && isOfOthers ? { ...entry, version } : undefined
  }

  /** `token` is the owner's as it was when the value was asked for. */
  async keep(
    owner: string,
    name: string,
    value: unknown,
    token: SharedToken,
    expiresMs: number,
  ): Promise<void> {
    if (expiresMs < 1) return
    const own = token ?? (await this.#createToken(owner))
    if (own === undefined) return
    const key = this.#keyOf(owner, name)
    const text = JSON.stringify({ token: own, origin: this.#origin, value })
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
    if (!isNew) return this.#readToken(owner)
    this.#tokens.set(owner, token.toString())
    return token.toString()
  }

  async #readToken(owner: string): Promise<SharedToken> {
    const [token] = (await this.#read([this.#tokenKeyOf(owner)])) ?? []
    if (token) this.#tokens.set(owner, token.toString())
    return token?.toString()
  }

  #tokenKeyOf(owner: string): string {
    return `${VERSION}:t:${this.#options.sealing.nameOf(owner)}`
  }

  #keyOf(owner: string, name: string): string {
    return `${VERSION}:e:${this.#options.sealing.nameOf(owner, name)}`
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

function parseEntry(text: string) {
  try {
    return ENTRY.safeParse(JSON.parse(text)).data
  } catch {
    // Damaged, or written by what has the secret and is no gateway: as good as not there.
    return undefined
  }
}
