import { parse } from 'graphql'
import type { Expectations } from '../../../src/schema/plan/expectations.ts'
import { NOTHING_KNOWN } from '../../../src/schema/plan/expectations.ts'
import { createOperationReader } from '../../../src/schema/plan/read-operation.ts'
import { createSchema } from '../../../src/schema/schema.ts'

const readOperation = createOperationReader(createSchema())

/** The plan of an operation; throws what is wrong with its input. */
export function planOf(
  source: string,
  variables: Record<string, unknown> = {},
  known: Expectations = NOTHING_KNOWN,
) {
  const { errors, plan } = readOperation(parse(source), undefined, variables)
  if (errors[0]) throw errors[0]
  return plan(() => known)
}

/** Its rows as text: path, endpoint, calls expected, calls at most. */
export const rowsOf = (...args: Parameters<typeof planOf>): string[] =>
  planOf(...args).steps.map(
    ({ path, endpoint, expected, atMost }) => `${path} ${endpoint} ${expected} ${atMost}`,
  )
