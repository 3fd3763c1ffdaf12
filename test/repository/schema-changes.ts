import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'

export interface SchemaChanges {
  /** What callers, or routers, relied on and can no more. */
  readonly breaking: readonly string[]
  /** What callers may rely on from now on. */
  readonly promised: readonly string[]
}

/** What a change of a subgraph's SDL means to its callers. Descriptions mean nothing here. */
export async function schemaChanges(landed: string, now: string): Promise<SchemaChanges> {
  const changes = await diff(readSchema(landed), readSchema(now))
  const promised = changes.filter(
    change => !isBreaking(change) && !/DESCRIPTION|DIRECTIVE_USAGE/.test(change.type),
  )
  return {
    breaking: changes.filter(isBreaking).map(({ message }) => message),
    promised: promised.map(({ message }) => message),
  }
}

/** Its federation directives are defined by the `@link` alone. */
const readSchema = (sdl: string) => buildSchema(sdl, { assumeValidSDL: true })

/** Other subgraphs rely on keys and on what is shareable: whoever removes them breaks composition. */
const isBreaking = ({ criticality, type, path }: Change): boolean =>
  criticality.level === CriticalityLevel.Breaking ||
  (/^DIRECTIVE_USAGE_\w+_REMOVED$/.test(type) && /@(?:key|shareable)\b/.test(path ?? ''))
