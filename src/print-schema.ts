import { writeFileSync } from 'node:fs'
import { printForCallers } from './schema/federation/callers-sdl.ts'
import { printSubgraph, type SubgraphOptions } from './schema/federation/subgraph.ts'
import { createSchema } from './schema/schema.ts'

/** The graph as its callers see it: plain SDL, which every client generator reads. */
export const printedSchema = () => printForCallers(createSchema())

/** The graph as composition takes it, with the directives of Federation. */
export const printedSubgraph = (options?: SubgraphOptions) => printSubgraph(createSchema(), options)

/** @apollo/gateway refuses a graph that says which scopes are needed. */
const LEAVE_OUT = 'left-out'

if (import.meta.main) {
  if (process.argv.includes('--subgraph'))
    process.stdout.write(printedSubgraph({ hasScopes: process.env.SUBGRAPH_SCOPES !== LEAVE_OUT }))
  else {
    const write = (path: string, sdl: string) =>
      writeFileSync(new URL(`../${path}`, import.meta.url), sdl)
    write('schema.graphql', printedSchema())
    write('test/supergraph/remote-assistance.graphql', printedSubgraph())
  }
}
