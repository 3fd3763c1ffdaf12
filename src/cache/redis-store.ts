import { setTimeout as wait } from 'node:timers/promises'
import type { SharedStore } from './shared-entries.ts'

const CONNECT_MS = 1000
const LONGEST_RETRY_MS = 2000
/** A gateway starts without it, if it takes longer. */
const START_MS = 500

/** Redis, or what speaks its protocol. Loads the client only here, as most gateways have none. */
export async function openRedis(url: string): Promise<SharedStore> {
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, {
    connectTimeout: CONNECT_MS,
    // Whoever asks while it is away is told at once, and not when it is there again.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: times => Math.min(times * 100, LONGEST_RETRY_MS),
  })
  // Each command that fails says so itself; without a listener, a lost connection would end the process.
  redis.on('error', () => undefined)
  const isReady = new Promise(resolve => redis.once('ready', resolve))
  await Promise.race([isReady, wait(START_MS, null, { ref: false })])
  return {
    read: keys => redis.mgetBuffer(...keys),
    write: (key, value, expiresMs) => redis.set(key, value, 'PX', expiresMs),
    writeNew: async (key, value, expiresMs) =>
      (await redis.set(key, value, 'PX', expiresMs, 'NX')) === 'OK',
    close: () => redis.disconnect(),
  }
}
