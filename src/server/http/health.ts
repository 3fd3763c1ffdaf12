import type { IncomingMessage, ServerResponse } from 'node:http'
import { VERSION } from '../../version.ts'
import { methodNotAllowed } from './refusals.ts'
import { respondJson, respondRefusal } from './response.ts'

export interface Health {
  /** Answers `/health/live` and `/health/ready`; false for any other path. */
  answer(path: string, incoming: IncomingMessage, outgoing: ServerResponse): boolean
}

/** What orchestrators and balancers ask: whether the process lives, and whether to send it requests. */
export function createHealth(isDraining: () => boolean): Health {
  const startedAtMs = performance.now()
  const uptimeSeconds = () => Math.floor((performance.now() - startedAtMs) / 1000)

  function answerFor(path: string): [status: number, body: Readonly<Record<string, unknown>>] {
    if (path === '/health/live')
      return [200, { status: 'ok', version: VERSION, uptimeSeconds: uptimeSeconds() }]
    return isDraining() ? [503, { status: 'draining' }] : [200, { status: 'ok' }]
  }

  return {
    answer(path, { method }, outgoing) {
      if (path !== '/health/live' && path !== '/health/ready') return false
      if (method === 'GET' || method === 'HEAD') respondJson(outgoing, ...answerFor(path))
      else respondRefusal(outgoing, methodNotAllowed('GET, HEAD'))
      return true
    },
  }
}
