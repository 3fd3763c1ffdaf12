import { writeFileSync } from 'node:fs'
import { printSubgraphSchema } from '@apollo/subgraph'
import { createSchema } from './schema/schema.ts'

/** The graph as the file schema.graphql has it: what composition and client generators read. */
export const printedSchema = () => `${printSubgraphSchema(createSchema())}\n`

if (import.meta.main) {
  writeFileSync(new URL('../schema.graphql', import.meta.url), printedSchema())
}
