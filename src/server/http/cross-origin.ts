import type { IncomingMessage, ServerResponse } from 'node:http'
import { hostOf } from './paths.ts'
import type { HttpRefusal } from './refusals.ts'
import { respond } from './response.ts'

interface CrossOriginOptions {
  /** Those whose pages may ask, such as `https://app.example`. */
  readonly origins: readonly string[]
  /**
   * Whether only programs of this machine can reach the gateway, and all of them may ask. Then a page
   * may ask too whose own name was made to lead to this machine after it was loaded (DNS rebinding):
   * for its browser that is the same origin. The name in `Host` gives it away.
   */
  readonly isOnlyLocal: boolean
}

/** What pages of other origins may do: nothing, unless the origin is listed. */
export interface CrossOrigin {
  /** Says in the answer, whatever it will be, that a page of a listed origin may read it. */
  allow(incoming: IncomingMessage, outgoing: ServerResponse): void
  /** Answers what a browser asks before it sends a request of a listed origin; false for all else. */
  answerPreflight(incoming: IncomingMessage, outgoing: ServerResponse): boolean
  /** Why a request is refused, if a page of a foreign origin may have sent it. */
  refusalOf(incoming: IncomingMessage): HttpRefusal | undefined
}

/**
 * A browser sends an account that it remembers with requests of any page, and those of a simple kind
 * without asking beforehand. So requests of foreign origins are refused, and so is a GET of which it is
 * not certain that no page sent it: the browser says so, or a header field that no page can add
 * without asking (https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
 */
export function createCrossOrigin({ origins, isOnlyLocal }: CrossOriginOptions): CrossOrigin {
  const listed = new Set(origins)
  const hosts = new Set(origins.map(origin => URL.parse(origin)?.host))
  const isOfOtherHost = (incoming: IncomingMessage) => {
    const host = hostOf(incoming)
    return isOnlyLocal && host !== undefined && !LOCAL_HOST.test(host) && !hosts.has(host)
  }
  const isListed = ({ headers: { origin } }: IncomingMessage) =>
    origin !== undefined && listed.has(origin)

  return {
    allow(incoming, outgoing) {
      if (listed.size > 0) outgoing.setHeader('Vary', 'Origin')
      if (!isListed(incoming)) return
      outgoing.setHeader('Access-Control-Allow-Origin', String(incoming.headers.origin))
      outgoing.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id')
    },
    answerPreflight(incoming, outgoing) {
      const isPreflight =
        incoming.method === 'OPTIONS' && 'access-control-request-method' in incoming.headers
      if (!isPreflight || !isListed(incoming)) return false
      respond(outgoing, 204, PREFLIGHT, '')
      return true
    },
    refusalOf(incoming) {
      if (isOfOtherHost(incoming)) return OTHER_HOST
      const { origin, 'sec-fetch-site': site } = incoming.headers
      if (isListed(incoming) || isOfOwnPage(incoming)) return undefined
      const isForeign = origin !== undefined || site === 'cross-site' || site === 'same-site'
      const isSafe = incoming.method === 'POST' || NEEDS_PREFLIGHT.some(each => each(incoming))
      return isForeign || !isSafe ? CSRF_BLOCKED : undefined
    },
  }
}

/** Only a browser writes `Sec-Fetch-Site`; older ones give the origin of a POST alone. */
function isOfOwnPage(incoming: IncomingMessage) {
  const { origin, 'sec-fetch-site': site } = incoming.headers
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return origin !== undefined && URL.parse(origin)?.host === hostOf(incoming)
}

const LOCAL_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i

/** Whether a name or an address leads nowhere but to this machine. */
export const isOfThisMachine = (host: string): boolean =>
  LOCAL_HOST.test(host.includes(':') ? `[${host}]` : host)

const OTHER_HOST: HttpRefusal = {
  code: 'CSRF_BLOCKED',
  message:
    'Expected a Host of this machine, such as localhost, or that of a listed origin: everyone may ask here.',
}

/** Fields that clients of GraphQL send for this, or that no browser adds by itself. */
const FIELDS = [
  'apollo-require-preflight',
  'graphql-require-preflight',
  'x-apollo-operation-name',
  'x-explain',
  'x-requested-with',
]

const SIMPLE_TYPES =
  /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i

/** A POST needs none of these: its body is JSON, which no page can send without asking. */
const NEEDS_PREFLIGHT: readonly ((incoming: IncomingMessage) => boolean)[] = [
  ({ headers }) => FIELDS.some(name => name in headers),
  ({ headers: { 'content-type': type } }) => type !== undefined && !SIMPLE_TYPES.test(type),
  // A browser remembers accounts, but no tokens.
  ({ headers: { authorization = '' } }) => /^bearer /i.test(authorization),
]

const CSRF_BLOCKED: HttpRefusal = {
  code: 'CSRF_BLOCKED',
  message:
    'Expected a request that no page of another site can send: by POST, or by GET with the header field GraphQL-Require-Preflight, and from a listed origin, if from a browser.',
}

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': [
    'Accept',
    'Authorization',
    'Content-Type',
    'Traceparent',
    'X-Request-Id',
    ...FIELDS,
  ].join(', '),
  'Access-Control-Max-Age': '7200',
}
