import { isDeepStrictEqual } from 'node:util'
import { readersIn, withoutStamps } from './accounts.ts'

/** An answer of GraphQL, as far as it is judged. */
export interface Answer {
  readonly data?: unknown
  readonly extensions?: {
    readonly upstream?: {
      readonly made?: number
      /** 0, or what is known of its age. */
      readonly stale?: number | object
    }
  }
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[]
    readonly extensions?: { readonly code?: string }
  }[]
}

/** The first three are right, as far as they go. `stale` is whole, and says that some of it is old. */
export type Verdict = 'whole' | 'stale' | 'partial' | 'failed' | 'wrong' | 'foreign'

/** `text` is what an account got; `truth` is the same answer's data without faults and stamps. */
export function judge(text: string, account: string, truth: unknown): Verdict {
  for (const reader of readersIn(text)) if (reader !== account) return 'foreign'
  const { data = null, errors = [], extensions }: Answer = JSON.parse(withoutStamps(text))
  if (errors.length === 0) {
    if (!isDeepStrictEqual(data, truth)) return 'wrong'
    return extensions?.upstream?.stale ? 'stale' : 'whole'
  }
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

/** How many calls of the upstream it took. */
export const callsOf = (text: string) =>
  (JSON.parse(text) as Answer).extensions?.upstream?.made ?? 0

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
