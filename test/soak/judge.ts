import { isDeepStrictEqual } from 'node:util'
import { readersIn, withoutStamps } from './accounts.ts'

/** An answer of GraphQL, as far as it is judged. */
export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[]
    readonly extensions?: { readonly code?: string }
  }[]
}

/** `whole` and `partial` are right, as far as they go. */
export type Verdict = 'whole' | 'partial' | 'failed' | 'wrong' | 'foreign'

/** `text` is what an account got; `truth` is the same answer's data without faults and stamps. */
export function judge(text: string, account: string, truth: unknown): Verdict {
  for (const reader of readersIn(text)) if (reader !== account) return 'foreign'
  const { data = null, errors = [] }: Answer = JSON.parse(withoutStamps(text))
  if (errors.length === 0) return isDeepStrictEqual(data, truth) ? 'whole' : 'wrong'
  if (
    !isPartOf(
      data,
      truth,
      errors.map(({ path }) => path ?? []),
    )
  )
    return 'wrong'
  return hasSomething(data) ? 'partial' : 'failed'
}

export const codesOf = (text: string) =>
  ((JSON.parse(text) as Answer).errors ?? []).map(({ extensions }) => extensions?.code ?? 'none')

type Path = readonly (string | number)[]

/** Whether a value is the truth but for nulls, each of which has an error below it. */
function isPartOf(value: unknown, truth: unknown, errors: readonly Path[]): boolean {
  if (value === null && truth !== null) return errors.length > 0
  if (typeof value !== 'object' || value === null) return value === truth
  if (typeof truth !== 'object' || truth === null) return false
  const names = Object.keys(value)
  if (Array.isArray(value) !== Array.isArray(truth)) return false
  if (names.length !== Object.keys(truth).length) return false
  return names.every(name => {
    const below = errors.filter(([first]) => String(first) === name).map(path => path.slice(1))
    return isPartOf(Reflect.get(value, name), Reflect.get(truth, name), below)
  })
}

const hasSomething = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && Object.values(data).some(value => value !== null)
