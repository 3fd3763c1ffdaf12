import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeError, type Log } from '../../log.ts'
import type { CrossOrigin } from './cross-origin.ts'
import { createHealth, isHealthPath, type Readiness } from './health.ts'
import { acceptedEncodings, type ContentEncoding, wantsPage } from './negotiation.ts'
import { GRAPHQL_PATH, targetOf } from './paths.ts'
import {
  type HttpRefusal,
  NO_ENCODING,
  NOT_FOUND,
  refusalOf,
  refusalOfAmbiguous,
} from './refusals.ts'
import { identify, type RequestIdentity } from './request-identity.ts'
import { respond, respondRefusal } from './response.ts'
import { statusOf } from './statuses.ts'

/** Answers a request that may be an operation, in one of the encodings that the caller accepts. */
export type AnswerOperation = (
  identity: RequestIdentity,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  encodings: readonly ContentEncoding[],
) => Promise<void>

/** A page for browsers, and the files that it needs. */
export interface Page {
  isAskedFor(path: string, incoming: IncomingMessage): boolean
  answer(path: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>
}

interface RouterOptions {
  readonly answerOperation: AnswerOperation
  readonly page: Page
  readonly crossOrigin: CrossOrigin
  readonly isDraining: () => boolean
  readonly readiness: Readiness
  readonly log: Log
}

/** Takes each request to what answers it. */
export function createRouter(options: RouterOptions) {
  const { answerOperation, page, crossOrigin, log } = options
  const answerHealth = createHealth(options)

  /** Resolves with why it is refused, if it is. */
  async function route(
    identity: RequestIdentity,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<HttpRefusal | undefined> {
    const { path } = targetOf(incoming)
    crossOrigin.allow(incoming, outgoing)
    const ambiguous = refusalOfAmbiguous(incoming)
    if (ambiguous) return ambiguous
    if (isHealthPath(path)) return answerHealth(path, incoming, outgoing)
    if (page.isAskedFor(path, incoming)) await page.answer(path, incoming, outgoing)
    else if (path === '/' && wantsPage(incoming)) respond(outgoing, 302, TO_PAGE, '')
    else if (path !== GRAPHQL_PATH) return NOT_FOUND
    else return routeOperation(identity, incoming, outgoing)
    return undefined
  }

  async function routeOperation(
    identity: RequestIdentity,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<HttpRefusal | undefined> {
    if (crossOrigin.answerPreflight(incoming, outgoing)) return undefined
    const encodings = acceptedEncodings(incoming)
    const refusal =
      refusalOf(incoming) ??
      crossOrigin.refusalOf(incoming) ??
      (encodings.length === 0 ? NO_ENCODING : undefined)
    if (!refusal) await answerOperation(identity, incoming, outgoing, encodings)
    return refusal
  }

  function refuse(identity: RequestIdentity, outgoing: ServerResponse, refusal: HttpRefusal): void {
    const { code } = refusal
    respondRefusal(outgoing, refusal)
    log.info('request-refused', { ...identity, status: statusOf(code).status, errorCodes: [code] })
  }

  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const identity = identify(incoming, outgoing)
    route(identity, incoming, outgoing)
      .then(refusal => refusal && refuse(identity, outgoing, refusal))
      .catch((error: unknown) => {
        log.error('unexpected-error', { ...identity, ...describeError(error) })
        respondRefusal(outgoing, { ...INTERNAL, requestId: identity.requestId })
      })
  }
}

/** Relative, so that it holds if a proxy puts a prefix before the path. */
const TO_PAGE = { Location: GRAPHQL_PATH.slice(1), Vary: 'Accept' }

const INTERNAL = { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error.' }
