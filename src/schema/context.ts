import type { Loaders } from '../loaders/loaders.ts'

/** What resolvers need of a request. */
export interface Context {
  readonly loaders: Loaders
}
