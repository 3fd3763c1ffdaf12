import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { getOperationAST, parse } from 'graphql'

// Prints the operations for tools in Apollo's format, with their comments.

const FOLDER = new URL('operations/', import.meta.url)

const operations = readdirSync(FOLDER)
  .filter(file => file.endsWith('.graphql'))
  .toSorted()
  .map(file => readFileSync(new URL(file, FOLDER), 'utf8'))
  .map(body => {
    const operation = getOperationAST(parse(body))
    return {
      id: createHash('sha256').update(body).digest('hex'),
      name: operation?.name?.value,
      type: operation?.operation,
      body,
    }
  })

const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations }
console.log(JSON.stringify(manifest, null, 2))
