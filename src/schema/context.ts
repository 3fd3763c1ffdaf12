import type { Loaders } from '../loaders/loaders.ts'
import type { Permissions } from './scopes.ts'
import type { SensitiveReads } from './sensitive-reads.ts'

/** What resolvers need of a request. */
export interface Context {
  readonly loaders: Loaders
  readonly permissions: Permissions
  /** Undefined if nobody has to know what is read. */
  readonly reads?: SensitiveReads | undefined
}
