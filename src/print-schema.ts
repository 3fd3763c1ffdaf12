import { writeFileSync } from 'node:fs'
import { printForCallers } from './schema/callers-sdl.ts'
import { printSubgraph } from './schema/federation/subgraph.ts'
import { createSchema } from './schema/schema.ts'

/** The graph as its callers see it: plain SDL, which every client generator reads. */
export const printedSchema = () => printForCallers(createSchema())

/** The graph as composition takes it, with the directives of Federation. */
export const printedSubgraph = () => printSubgraph(createSchema())

if (import.meta.main) {
  if (process.argv.includes('--subgraph')) process.stdout.write(printedSubgraph())
  else {
    const write = (path: string, sdl: string) =>
      writeFileSync(new URL(`../${path}`, import.meta.url), sdl)
    write('schema.graphql', printedSchema())
    write('test/supergraph/remote-assistance.graphql', printedSubgraph())
  }
}
