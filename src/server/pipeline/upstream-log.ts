import type { ReadAnswer } from '../../cache/request-reads.ts'
import type { Log } from '../../log.ts'
import type { UpstreamAttempt } from '../../upstream/client.ts'
import type { RequestIdentity } from '../http/request-identity.ts'

/** One line under LOG_LEVEL=debug. Of what was asked it has the page, and no value. */
export function logAttempt(log: Log, identity: RequestIdentity, attempt: UpstreamAttempt): void {
  const { query, durationMs, ...fields } = attempt
  log.debug('upstream-call', {
    ...identity,
    ...fields,
    page: numberIn(query.page),
    perPage: numberIn(query.per_page),
    durationMs: Math.round(durationMs),
  })
}

/** The same for an answer that took no call of the request's own. */
export function logRead(log: Log, identity: RequestIdentity, read: ReadAnswer): void {
  const { kind, outcome, ageMs } = read
  if (outcome === 'called') return
  log.debug('cache-read', { ...identity, kind, outcome, ageMs: Math.round(ageMs) })
}

/** The same for a whole answer that was given before, made of so many of the upstream's. */
export function logRepeated(
  log: Log,
  identity: RequestIdentity,
  count: number,
  ageMs: number,
): void {
  log.debug('answer-repeated', { ...identity, count, ageMs: Math.round(ageMs) })
}

const numberIn = (value: unknown) => (typeof value === 'number' ? value : undefined)
