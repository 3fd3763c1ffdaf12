import type { ExecutionArgs } from 'graphql'
import { buildSchema, parse } from 'graphql'
import { expect } from 'vitest'
import { createExecute } from '../../src/execution/execute.ts'

export const schema = buildSchema(`
  interface Named { name: String! }
  type Book implements Named { name: String! pages(from: Int! = 1): Int author: Book! similar: [Book] }
  type Query { book: Book books: [Book!] named: Named shelves: [[Book]!]! first: Book! }
`)

export const execute = createExecute()

/** Runs a query on the properties of its root value. */
export const run = (source: string, rootValue: object, more: Partial<ExecutionArgs> = {}) =>
  execute({ schema, document: parse(source), rootValue, ...more })

/** The answer as callers see it. */
export const answer = async (...query: Parameters<typeof run>) =>
  JSON.parse(JSON.stringify(await run(...query)))

export const error = (message: string, ...path: (string | number)[]) =>
  expect.objectContaining({ message, path })
