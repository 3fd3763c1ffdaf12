import type { IncomingMessage } from 'node:http'
import type { Permissions } from '../../schema/scopes.ts'
import type { Secret } from '../../secret.ts'
import type { UpstreamSession } from '../../upstream/client.ts'
import type { Identity } from './identities.ts'

/** How callers are known, and as whom the upstream is asked for them. */
export interface Callers {
  /** Throws a GraphQLError for a caller that is not let in. */
  identify(incoming: IncomingMessage): KnownCaller | Promise<KnownCaller>
}

/** A caller that was let in, for as long as its request lives. */
export interface KnownCaller {
  /** The whole `Authorization` value for the upstream. */
  readonly authorization: Secret
  readonly identity: Identity
  readonly permissions: Permissions
  /** Whom an audit names, masked; empty if all callers are one. */
  readonly subject: string
  /** The caller's own account, if the upstream is asked as that. */
  readonly account?: CallersAccount
}

/** An account that a caller brings: only the upstream knows whether it is right. */
export interface CallersAccount {
  /** Whether an answer may be given for which the upstream was not asked. */
  readonly mayBeAnswered: boolean
  /** The same session, whose calls wait for a verdict on the account as long as there is none. */
  judged(session: UpstreamSession): UpstreamSession
}

/** Everyone may ask, and the upstream is asked as one account. */
export const openCallers = (shared: () => KnownCaller): Callers => ({ identify: shared })
