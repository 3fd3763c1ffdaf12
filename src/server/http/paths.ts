import type { IncomingMessage } from 'node:http'

/** The path of GraphQL, and of GraphiQL for callers that accept HTML; its files are below it. */
export const GRAPHQL_PATH = '/graphql'

/** What a request is for. */
interface Target {
  readonly path: string
  /** What follows the question mark; empty if there is none. */
  readonly search: string
}

/** The host that is asked for: a target of absolute form overrules `Host` (RFC 9112, section 3.2.2). */
export const hostOf = ({ url = '', headers }: IncomingMessage): string | undefined =>
  /^https?:\/\/([^/?]*)/i.exec(url)?.[1] ?? headers.host

/** Reads a target in origin form (`/graphql?…`), or in absolute form, as clients send to proxies. */
export function targetOf({ url = '' }: IncomingMessage): Target {
  const target = url.replace(/^https?:\/\/[^/?]*/i, '')
  const searchAt = target.indexOf('?')
  if (searchAt === -1) return { path: target, search: '' }
  return { path: target.slice(0, searchAt), search: target.slice(searchAt + 1) }
}
