import type { IncomingMessage } from 'node:http'
import type { Permissions } from '../../schema/access/scopes.ts'
import type { Secret } from '../../secret.ts'
import type { UpstreamSession } from '../../upstream/client.ts'
import type { Identity } from './identities.ts'

/** How callers are identified, and as which account the upstream is asked for them. */
export interface Callers {
  /** Throws a GraphQLError for a caller who is refused. */
  identify(incoming: IncomingMessage): KnownCaller | Promise<KnownCaller>
}

/** A caller who is accepted, for as long as the request lives. */
export interface KnownCaller {
  /** The whole `Authorization` value for the upstream. */
  readonly authorization: Secret
  readonly identity: Identity
  readonly permissions: Permissions
  /** The caller's name for the audit log, masked. Empty if all callers are one. */
  readonly subject: string
  /** The caller's own account, if the upstream is asked as that account. */
  readonly account?: CallersAccount
}

/** An account that a caller brings. Only the upstream knows whether it is right. */
export interface CallersAccount {
  /** Whether an answer may be given without asking the upstream. */
  readonly mayBeAnswered: boolean
  /** Whether it may learn what is wrong with a document, and so which names the graph has. */
  readonly mayLearnNames: boolean
  /** The same session, but its calls wait as long as there is no verdict on the account. */
  judged(session: UpstreamSession): UpstreamSession
}

/** Everyone may ask, and the upstream is asked as one account. */
export const openCallers = (shared: () => KnownCaller): Callers => ({ identify: shared })
