import type { IncomingMessage } from 'node:http'
import { claimedAccount } from './accounts.ts'
import type { RecordedCall } from './calls.ts'
import { type Route, routeOf } from './routes.ts'

/** A request as the answer needs it, and what is recorded of it. */
export interface Incoming {
  readonly route: Route | undefined
  readonly authorization: string | undefined
  readonly call: RecordedCall & { status: number; rows: number }
}

export function readIncoming(request: IncomingMessage): Incoming {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2)
  const route = routeOf(path)
  const { authorization } = request.headers
  const parameters = route?.id === undefined ? {} : { id: route.id }
  const call = {
    endpoint: route?.endpoint ?? ('unknown' as const),
    method: request.method ?? '',
    path,
    parameters: { ...Object.fromEntries(new URLSearchParams(query)), ...parameters },
    account: claimedAccount(authorization),
    status: 0,
    rows: 0,
  }
  return { route, authorization, call }
}
