import type { IncomingMessage, ServerResponse } from 'node:http'
import { methodNotAllowed } from './http-refusal.ts'
import { respondJson, respondRefusal } from './respond.ts'

/** Answers `/health/live` and `/health/ready`; false for any other path. */
export function answerHealth(
  path: string,
  { method }: IncomingMessage,
  outgoing: ServerResponse,
  isDraining: boolean,
): boolean {
  if (path !== '/health/live' && path !== '/health/ready') return false
  const isReady = path === '/health/live' || !isDraining
  if (method !== 'GET' && method !== 'HEAD') respondRefusal(outgoing, methodNotAllowed('GET, HEAD'))
  else respondJson(outgoing, isReady ? 200 : 503, { status: isReady ? 'ok' : 'draining' })
  return true
}
