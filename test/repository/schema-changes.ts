import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'

/** What callers of a released subgraph, or routers, relied on and can no more. */
export async function breakingChanges(released: string, now: string): Promise<readonly string[]> {
  const changes = await diff(readSchema(released), readSchema(now))
  return changes.filter(isBreaking).map(({ message }) => message)
}

/** Its federation directives are defined by the `@link` alone. */
const readSchema = (sdl: string) => buildSchema(sdl, { assumeValidSDL: true })

/** Other subgraphs rely on keys and on what is shareable: whoever removes them breaks composition. */
const isBreaking = ({ criticality, type, path }: Change): boolean =>
  criticality.level === CriticalityLevel.Breaking ||
  (/^DIRECTIVE_USAGE_\w+_REMOVED$/.test(type) && /@(?:key|shareable)\b/.test(path ?? ''))
