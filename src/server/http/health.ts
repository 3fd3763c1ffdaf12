import type { IncomingMessage, ServerResponse } from 'node:http'
import { VERSION } from '../../version.ts'
import { type HttpRefusal, methodNotAllowed } from './refusals.ts'
import { respondJson } from './response.ts'

/** Whether the upstream may be asked. */
export interface Readiness {
  /** Resolves with why not, in a word, or with undefined. */
  reason(): Promise<string | undefined>
}

interface HealthOptions {
  readonly isDraining: () => boolean
  readonly readiness: Readiness
}

export const isHealthPath = (path: string): boolean =>
  path === '/health/live' || path === '/health/ready'

/**
 * What orchestrators and balancers ask: whether the process lives, and whether to send it requests.
 * Answers, or gives the reason for a refusal.
 */
export function createHealth({ isDraining, readiness }: HealthOptions) {
  const startedAtMs = performance.now()

  async function answerReady(outgoing: ServerResponse): Promise<void> {
    const status = isDraining() ? 'draining' : ((await readiness.reason()) ?? 'ok')
    respondJson(outgoing, status === 'ok' ? 200 : 503, { status })
  }

  function answerLive(outgoing: ServerResponse): void {
    const uptimeSeconds = Math.floor((performance.now() - startedAtMs) / 1000)
    respondJson(outgoing, 200, { status: 'ok', version: VERSION, uptimeSeconds })
  }

  return async (
    path: string,
    { method }: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<HttpRefusal | undefined> => {
    if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD')
    if (path === '/health/live') answerLive(outgoing)
    else await answerReady(outgoing)
    return undefined
  }
}
