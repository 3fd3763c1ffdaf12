import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { getOperationAST, parse, validate } from 'graphql'
import { NOTHING_KNOWN } from './schema/plan/expectations.ts'
import type { Plan } from './schema/plan/plan.ts'
import { createOperationReader } from './schema/plan/read-operation.ts'
import { createSchema } from './schema/schema.ts'

const USAGE = `Prints how many calls of the upstream an operation makes, without running it.

Usage: npm run explain -- FILE.graphql [options]
       npm run explain -- [options] < FILE.graphql

  --variables JSON   values of its variables, such as '{"n": 20}'
  --operation NAME   which one, if the file has several
  --json             the plan as JSON
  --help             prints this
`

/** The plan of an operation; throws GraphQLError for one that would not run. */
function explain(source: string, variables: string, operationName: string | undefined): Plan {
  const schema = createSchema()
  const document = parse(source)
  const values = parseVariables(variables)
  const [invalid] = validate(schema, document)
  if (invalid) throw invalid
  if (!getOperationAST(document, operationName))
    throw new Error('Expected the name of one operation of the document: use --operation NAME.')
  const operation = createOperationReader(schema)(document, operationName, values)
  const [error] = operation.errors
  if (error) throw error
  return operation.plan(() => NOTHING_KNOWN)
}

function parseVariables(text: string): Record<string, unknown> {
  const expected = 'The variables: expected a JSON object.'
  try {
    const values: unknown = JSON.parse(text)
    if (isRecord(values)) return values
  } catch (cause) {
    throw new SyntaxError(expected, { cause })
  }
  throw new SyntaxError(expected)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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

/** Its file descriptor. */
const STANDARD_INPUT = 0

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      variables: { type: 'string', default: '{}' },
      operation: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return
  }
  const [file = STANDARD_INPUT] = positionals
  const plan = explain(readFileSync(file, 'utf8'), values.variables, values.operation)
  process.stdout.write(`${values.json ? JSON.stringify(plan, null, 2) : formatPlan(plan)}\n`)
}

try {
  main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
