import type { IncomingMessage } from 'node:http'
import { GraphQLError } from 'graphql'
import type { Account } from '../../config.ts'
import { basicAuthorization } from '../../upstream/client.ts'
import { parseBasicCredentials } from './basic-credentials.ts'

/** How callers are known, and as whom the upstream is asked for them. */
export interface Callers {
  /** The whole `Authorization` value for the upstream. Throws a GraphQLError for an unknown caller. */
  authorizationOf(incoming: IncomingMessage): string
  /** Whether the upstream judges the caller's own credentials. */
  readonly bringCredentials: boolean
}

/** Everyone may ask, and the upstream is asked as one account. */
export function openCallers({ account, password }: Account): Callers {
  const authorization = basicAuthorization(account, password)
  return { authorizationOf: () => authorization, bringCredentials: false }
}

/** Each caller brings an account of the upstream. */
export const passthroughCallers: Callers = {
  authorizationOf({ headersDistinct: { authorization = [] } }) {
    const credentials = parseBasicCredentials(authorization)
    if (!credentials) throw unauthenticated(authorization.length > 0)
    // Written anew, so that nothing but the account and its password is passed on.
    return basicAuthorization(credentials.account, credentials.password)
  },
  bringCredentials: true,
}

/** Makes browsers ask for an account. */
const CHALLENGE = { 'WWW-Authenticate': 'Basic realm="bangwo8", charset="UTF-8"' }

const unauthenticated = (gotOne: boolean) =>
  refuseCredentials(
    `Expected an account of the upstream by HTTP Basic, got ${gotOne ? 'something else' : 'none'}.`,
  )

/** A 401 with its challenge. */
export const refuseCredentials = (message: string) =>
  new GraphQLError(message, {
    extensions: { code: 'UNAUTHENTICATED', retryable: false, http: { headers: CHALLENGE } },
  })
