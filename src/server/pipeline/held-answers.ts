import type { IncomingMessage } from 'node:http'
import type { ReadAnswer } from '../../cache/request-reads.ts'

/** How many of an operation's answers of the upstream took no call of its own. */
export interface HeldAnswers {
  /** Those that were held, and those of a call that another operation made. */
  cached: number
  /** Of these, those that are stale. */
  stale: number
  /** How old the oldest stale one is; 0 without any. */
  staleAgeMs: number
  /** Why: `REFRESHING`, or the code of what failed upstream; undefined without any. */
  staleReason: string | undefined
}

export const createHeldAnswers = (): HeldAnswers => ({
  cached: 0,
  stale: 0,
  staleAgeMs: 0,
  staleReason: undefined,
})

export function noteRead(held: HeldAnswers, { outcome, ageMs, staleReason }: ReadAnswer): void {
  if (outcome !== 'called') held.cached += 1
  if (staleReason === undefined) return
  held.stale += 1
  held.staleAgeMs = Math.max(held.staleAgeMs, Math.round(ageMs))
  // That the upstream fails says more than that something is asked for again.
  if (held.staleReason === undefined || outcome === 'stale_on_error') held.staleReason = staleReason
}

/**
 * How old an answer of the upstream may be that the caller takes, by `Cache-Control: no-cache` or
 * `max-age` in seconds; undefined if the caller does not say, or not as RFC 9111 does.
 */
export function maxAgeMsOf({ headers }: IncomingMessage): number | undefined {
  const directives = headers['cache-control']?.toLowerCase().split(',') ?? []
  const ages = directives.flatMap(directive => {
    const [name = '', value = ''] = directive.trim().split('=')
    if (name === 'no-cache' || name === 'no-store') return 0
    const seconds = /^"?(\d{1,9})"?$/.exec(value)?.[1]
    return name === 'max-age' && seconds !== undefined ? Number(seconds) * 1000 : []
  })
  return ages.length === 0 ? undefined : Math.min(...ages)
}
