import { parse } from 'graphql'
import { printedSubgraph } from '../../src/print-schema.ts'
import { COMPOSERS, remoteAssistance, subgraph } from './compose.ts'
import type { Neighbour } from './neighbour.ts'
import type { RouterName } from './router.ts'

/** Each router gets what the library of its own house composes. */
const COMPOSER_OF = {
  apollo: '@apollo/composition',
  hive: '@theguild/federation-composition',
} as const

/** @apollo/gateway refuses a graph that says which scopes are needed. */
const SUBGRAPH_FOR = {
  apollo: subgraph(remoteAssistance.name, printedSubgraph({ hasScopes: false })),
  hive: remoteAssistance,
} as const

/** The SDL of the company's whole graph. Throws where the subgraphs do not compose. */
export function composeSupergraph(
  router: RouterName,
  gatewayUrl: string,
  neighbours: readonly Neighbour[],
): string {
  const composition = COMPOSERS[COMPOSER_OF[router]]?.([
    { ...SUBGRAPH_FOR[router], url: gatewayUrl },
    ...neighbours.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  ])
  if (composition?.supergraph !== undefined) return composition.supergraph
  throw new Error(composition?.complaints.join('\n'))
}
