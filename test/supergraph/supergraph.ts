import { parse } from 'graphql'
import { COMPOSERS, remoteAssistance } from './compose.ts'
import type { Neighbour } from './neighbour.ts'
import type { RouterName } from './router.ts'

/** Each router gets what the library of its own house composes. */
const COMPOSER_OF = {
  apollo: '@apollo/composition',
  hive: '@theguild/federation-composition',
} as const

/** The SDL of the company's whole graph. Throws where the subgraphs do not compose. */
export function composeSupergraph(
  router: RouterName,
  gatewayUrl: string,
  neighbours: readonly Neighbour[],
): string {
  const composition = COMPOSERS[COMPOSER_OF[router]]?.([
    { ...remoteAssistance, url: gatewayUrl },
    ...neighbours.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  ])
  if (composition?.supergraph !== undefined) return composition.supergraph
  throw new Error(composition?.complaints.join('\n'))
}
