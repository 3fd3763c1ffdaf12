import type { Loaders } from '../loaders/loaders.ts'
import type { Permissions } from './access/scopes.ts'
import type { SensitiveReads } from './access/sensitive-reads.ts'

/** What resolvers need to know of a request. */
export interface Context {
  readonly loaders: Loaders
  readonly permissions: Permissions
  /** Undefined if no audit log is kept. */
  readonly reads?: SensitiveReads | undefined
}
