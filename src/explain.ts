import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { GraphQLError, parse, validate } from 'graphql'
import { NOTHING_KNOWN } from './schema/plan/expectations.ts'
import type { Plan } from './schema/plan/plan.ts'
import { createOperationReader } from './schema/plan/read-operation.ts'
import { createSchema } from './schema/schema.ts'

const USAGE = `Usage: npm run explain -- FILE.graphql [--variables '{"n": 20}'] [--operation NAME] [--json]`

/** The plan of the operation of a file; throws GraphQLError for one that would not run. */
function explain(file: string, variables: string, operationName: string | undefined): Plan {
  const schema = createSchema()
  const document = parse(readFileSync(file, 'utf8'))
  const values = JSON.parse(variables)
  const [invalid] = validate(schema, document)
  if (invalid) throw invalid
  const operation = createOperationReader(schema)(document, operationName, values)
  const [error] = operation.errors
  if (error) throw error
  return operation.plan(() => NOTHING_KNOWN)
}

/** The plan as a table for people. */
function formatPlan({ steps, expected, atMost, spare, rounds }: Plan): string {
  if (steps.length === 0) return 'No upstream calls.'
  const rows = steps.map(step => [
    String(step.fromRound + 1),
    step.endpoint,
    String(step.expected),
    String(step.atMost),
    step.path,
  ])
  const table = [
    ['round', 'endpoint', 'expected', 'at most', 'field'],
    ...rows,
    ['', 'all', String(expected), String(atMost), ''],
    ['', 'spare', '', String(spare), 'if lists change while they are read'],
  ]
  const widths = [0, 1, 2, 3].map(column => Math.max(...table.map(row => row[column]?.length ?? 0)))
  const lines = table.map(row =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [
    ...lines,
    '',
    `A gateway that has just started makes ${expected} upstream calls, ${atMost} at most, in ${rounds} rounds at most.`,
  ].join('\n')
}

function main(): number {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      variables: { type: 'string', default: '{}' },
      operation: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const [file] = positionals
  if (file === undefined) {
    process.stderr.write(`${USAGE}\n`)
    return 2
  }
  const plan = explain(file, values.variables, values.operation)
  process.stdout.write(`${values.json ? JSON.stringify(plan, null, 2) : formatPlan(plan)}\n`)
  return 0
}

try {
  process.exitCode = main()
} catch (error) {
  const isTold = error instanceof GraphQLError || error instanceof Error
  process.stderr.write(`${isTold ? error.message : String(error)}\n`)
  process.exitCode = 1
}
