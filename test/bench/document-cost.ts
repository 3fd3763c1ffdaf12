import { parse } from 'graphql'
import { parseConfig } from '../../src/config.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { assertShort, tooLargeIn } from '../../src/server/documents/document-limits.ts'
import { errorsIn } from '../../src/server/documents/document-rules.ts'
import { assertFlat, assertSmall } from '../../src/server/documents/input-limits.ts'
import { OPERATIONS } from './operations.ts'
import { median } from './statistics.ts'
import { formatTable } from './table.ts'

/** What a document costs that has not been asked before, in microseconds of CPU time. */
export interface DocumentCost {
  readonly title: string
  /** To parse and to validate it, as any server of GraphQL does. */
  readonly usual: number
  /** To look at the limits of its text, its tokens, its size, its JSON and its variables. */
  readonly limits: number
}

const ROUNDS = 9
const TIMES = 1000

/** Documents of the benchmark, by the functions that the gateway calls for them. */
export function measureDocumentCosts(): DocumentCost[] {
  const { documents, inputLimits } = parseConfig({})
  const { limits } = documents
  const schema = createSchema()
  const variables = { days: { from: '2026-11-01', to: '2026-11-23' }, first: 20 }
  return OPERATIONS.map(({ title, document }) => {
    const body = JSON.stringify({ query: document, variables })
    const parsed = parse(document)
    const usual = () => {
      parse(document)
      errorsIn(schema, parsed, { isIntrospectable: true })
    }
    const limited = () => {
      assertFlat(body, inputLimits)
      assertSmall(variables, inputLimits)
      assertShort(document, limits)
      parse(document, { maxTokens: limits.tokens })
      tooLargeIn(parsed, limits)
    }
    const parsing = microsecondsOf(() => parse(document))
    return { title, usual: microsecondsOf(usual), limits: microsecondsOf(limited) - parsing }
  })
}

/** The median of some rounds, after one that does not count. */
function microsecondsOf(work: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => {
    const before = process.threadCpuUsage()
    for (let time = 0; time < TIMES; time += 1) work()
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / TIMES
  })
  return median(rounds.slice(1))
}

export const documentCostTable = (costs: readonly DocumentCost[]): string =>
  formatTable([
    ['document', 'parse, validate µs', 'limits µs', 'more %'],
    ...costs.map(({ title, usual, limits }) => [
      title,
      usual.toFixed(1),
      limits.toFixed(1),
      ((limits / usual) * 100).toFixed(1),
    ]),
  ])
