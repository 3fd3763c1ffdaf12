/** A change of schema.graphql that breaks callers, on purpose. */
export interface BreakingChange {
  /** As the test words it. */
  readonly change: string
  /** For whom it is worth it, and what callers do instead. */
  readonly why: string
}

/** Those since the schema that callers know, test/repository/landed.graphql. */
export const BREAKING_CHANGES: readonly BreakingChange[] = []
