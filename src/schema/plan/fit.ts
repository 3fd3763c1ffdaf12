import { DEFAULT_PAGE } from '../arguments/connection-arguments.ts'
import { NOTHING_KNOWN } from './expectations.ts'
import { planOf } from './plan.ts'
import type { SelectedField, SelectedLevel } from './selected-level.ts'

/**
 * An argument of a field, and the largest number for it with which the operation stays below the
 * limit.
 */
export interface Fit {
  /** The response name of the field. */
  readonly field: string
  readonly argument: string
  readonly asked: number
  readonly fits: number
}

/** Arguments that say how many objects a field gives. */
const SIZES = ['first', 'last', 'ids', 'csIds', 'representations'] as const

/** How many fields are tried, from the outermost on. */
const MAX_TRIALS = 10

/**
 * The first field for which a smaller number would be enough. Undefined if no single field is
 * enough.
 */
export function fitOf(root: SelectedLevel, maxCalls: number): Fit | undefined {
  for (const field of sizedFields(root).slice(0, MAX_TRIALS)) {
    const fit = fitOfField(root, field, maxCalls)
    if (fit) return fit
  }
  return undefined
}

interface SizedField {
  readonly field: SelectedField
  readonly argument: string
  readonly asked: number
}

/** Fields from the root on, breadth first. */
function sizedFields(root: SelectedLevel): readonly SizedField[] {
  const levels = new Set([root])
  const fields = new Set<SelectedField>()
  for (const level of levels) {
    for (const field of level.fields) {
      fields.add(field)
      for (const below of field.below) levels.add(below)
    }
  }
  return [...fields].flatMap(sizeOf)
}

function sizeOf(field: SelectedField): SizedField[] {
  const argument =
    SIZES.find(name => field.args[name] != null) ?? SIZES.find(name => takes(field, name))
  if (argument === undefined) return []
  const value = field.args[argument]
  const asked = Array.isArray(value) ? value.length : Number(value ?? DEFAULT_PAGE)
  return [{ field, argument, asked }]
}

const takes = ({ definition }: SelectedField, name: string) =>
  definition.args.some(argument => argument.name === name)

/** Searches by halves, since fewer objects never cost more. */
function fitOfField(root: SelectedLevel, sized: SizedField, maxCalls: number): Fit | undefined {
  const { field, argument, asked } = sized
  let [fits, tooMany] = [0, asked]
  while (tooMany - fits > 1) {
    const size = Math.floor((fits + tooMany) / 2)
    const { atMost } = planOf(root, NOTHING_KNOWN, { field, args: resized(sized, size) })
    if (atMost > maxCalls) tooMany = size
    else fits = size
  }
  return fits === 0 ? undefined : { field: field.responseNames[0] ?? '', argument, asked, fits }
}

function resized({ field: { args }, argument }: SizedField, size: number) {
  const value = args[argument]
  return { ...args, [argument]: Array.isArray(value) ? value.slice(0, size) : size }
}
