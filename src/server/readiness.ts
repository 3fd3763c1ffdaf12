import { setTimeout as wait } from 'node:timers/promises'
import type { UpstreamClient } from '../upstream/client.ts'
import { UpstreamError, UpstreamNotFoundError } from '../upstream/errors.ts'
import { getServiceSummary } from '../upstream/service-summary.ts'
import type { Readiness } from './http/health.ts'

interface ReadinessOptions {
  readonly client: UpstreamClient
  /** As whom the upstream is asked; undefined if only callers have accounts. */
  readonly authorization: string | undefined
}

/** Basic without an account: the API answers 401, which is an answer too. */
const NOBODY = 'Basic Og=='

/** How long one question waits for the upstream: those who ask wait for about a second. */
const PATIENCE_MS = 500

/** One probe a second: of an upstream that is away, many may ask. */
const PROBE_INTERVAL_MS = 1000

/**
 * Ready from the first answer of the upstream on, whatever it says of the account, and in an outage
 * too: then callers get errors that say so, and what is remembered. Asks the upstream only when it is
 * asked itself.
 */
export function createReadiness({ client, authorization = NOBODY }: ReadinessOptions): Readiness {
  let why: string | undefined = 'upstream-not-asked'
  let probing: Promise<void> | undefined
  let probedAtMs = Number.NEGATIVE_INFINITY

  async function probe(): Promise<void> {
    probedAtMs = performance.now()
    try {
      await getServiceSummary(client.session({ authorization }), 1, 'REMOTE_ASSISTANCE')
      why = undefined
    } catch (error) {
      why = flawOf(error)
    } finally {
      probing = undefined
    }
  }

  return {
    async reason() {
      if (why === undefined) return undefined
      const isDue = performance.now() - probedAtMs >= PROBE_INTERVAL_MS
      if (isDue) probing ??= probe()
      if (probing !== undefined)
        await Promise.race([probing, wait(PATIENCE_MS, undefined, { ref: false })])
      return why
    },
  }
}

/** Undefined for a refusal of the account: the API itself gave it. */
function flawOf(error: unknown): string | undefined {
  if (!(error instanceof UpstreamError)) throw error
  if (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') return undefined
  if (error instanceof UpstreamNotFoundError) return undefined
  return error.code.toLowerCase().replaceAll('_', '-')
}
