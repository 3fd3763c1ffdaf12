/** Columns of an export that says nothing else. */
export const DEFAULT_FIELDS = [
  'csId',
  'startedAt',
  'endedAt',
  'durationSeconds',
  'status',
  'agent.servicerId',
  'client.uniqueNumber',
  'companyName',
  'problemType.optionId',
  'description',
  'solution',
  'isResolved',
  'rating',
  'ratingComment',
  'price',
  'paymentStatus',
  'paidAt',
]

const PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,5}$/

/** Paths of fields from a record, with commas between them. Throws RangeError for others. */
export function parseFields(text: string): readonly string[] {
  const fields = text.split(',').map(field => field.trim())
  const wrong = fields.find(field => !PATH.test(field))
  if (wrong !== undefined) {
    throw new RangeError(
      `--fields: expected names such as csId,agent.name; one is ${JSON.stringify(wrong)}`,
    )
  }
  return [...new Set(fields)]
}

interface Selection extends Map<string, Selection> {}

/** The selection set of paths, such as `{ csId agent { name } }`. */
export function selectionOf(fields: readonly string[]): string {
  const root: Selection = new Map()
  for (const field of fields) {
    let level = root
    for (const name of field.split('.')) {
      const below: Selection = level.get(name) ?? new Map()
      level.set(name, below)
      level = below
    }
  }
  return print(root)
}

const print = (selection: Selection): string =>
  `{ ${[...selection].map(([name, below]) => (below.size > 0 ? `${name} ${print(below)}` : name)).join(' ')} }`

/** The value at a path: null if something on the way is; of a list, its values as JSON. */
export function cellAt(node: unknown, field: string): string | number | boolean | null {
  const value = valueAt(node, field.split('.'))
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean)
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path
  if (Array.isArray(value)) return value.map(each => valueAt(each, path))
  if (name === undefined || typeof value !== 'object' || value === null) return value
  return valueAt((value as Readonly<Record<string, unknown>>)[name], rest)
}
