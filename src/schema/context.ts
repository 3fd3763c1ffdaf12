import type { Loaders } from '../loaders/loaders.ts'
import type { Permissions } from './scopes.ts'

/** What resolvers need of a request. */
export interface Context {
  readonly loaders: Loaders
  readonly permissions: Permissions
}
