import { writeFileSync } from 'node:fs'
import { printSubgraphSchema } from '@apollo/subgraph'
import { printSubgraph } from './schema/federation/subgraph.ts'
import { createSchema } from './schema/schema.ts'

/** The graph as the file schema.graphql has it: what callers can ask, and client generators read. */
export const printedSchema = () => `${printSubgraphSchema(createSchema())}\n`

if (import.meta.main) {
  if (process.argv.includes('--subgraph')) process.stdout.write(printSubgraph(createSchema()))
  else writeFileSync(new URL('../schema.graphql', import.meta.url), printedSchema())
}
