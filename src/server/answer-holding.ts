import { AnswerCache, type AnswerCacheOptions } from '../cache/answer-cache.ts'
import { openRedis } from '../cache/redis-store.ts'
import { createSealing } from '../cache/sealing.ts'
import { SharedAnswers } from '../cache/shared-answers.ts'
import { SharedEntries } from '../cache/shared-entries.ts'
import { SharedMemory } from '../loaders/shared-memory.ts'
import type { Secret } from '../secret.ts'
import { NeededAnswers } from './pipeline/needed-answers.ts'
import { RepeatedAnswers } from './pipeline/repeated-answers.ts'
import type { AuditOptions } from './pipeline/use-audit.ts'

export interface CacheOptions extends Omit<AnswerCacheOptions, 'shared'> {
  /** Where other processes find what this one holds; undefined: nowhere. */
  readonly redis?: { readonly url: Secret; readonly secret: Secret } | undefined
}

interface HoldingOptions {
  readonly cache?: CacheOptions | undefined
  readonly audit?: AuditOptions | undefined
}

/** Of the memory, a quarter is for whole answers. An audit has to know what each one reads. */
export async function openCache({ cache: options, audit }: HoldingOptions) {
  if (!options) return NOTHING
  const maxBytes = Math.ceil(options.maxBytes / 4)
  const entries = await openShared(options)
  const shared = entries && new SharedAnswers(entries)
  const sharedMemory = entries && new SharedMemory(entries)
  const cache = new AnswerCache({ ...options, maxBytes: maxBytes * 3, shared })
  const repeatedAnswers = audit ? undefined : new RepeatedAnswers({ maxBytes, nowMs: cache.nowMs })
  return { cache, repeatedAnswers, neededAnswers: new NeededAnswers(cache), sharedMemory }
}

const NOTHING = {
  cache: undefined,
  repeatedAnswers: undefined,
  neededAnswers: undefined,
  sharedMemory: undefined,
}

async function openShared({ redis, nowMs = Date.now }: CacheOptions) {
  if (!redis) return undefined
  const store = await openRedis(redis.url.reveal())
  return new SharedEntries({ store, sealing: createSealing(redis.secret.reveal()), nowMs })
}
