import { isWireObject } from './wire.ts'

const INDEX = /^(?:0|[1-9]\d{0,8})$/

/**
 * The members of a list, or of an object whose names are all numbers: PHP writes a list so if one
 * member was taken out of it. Undefined for anything else.
 */
export function toList(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (!isWireObject(value)) return undefined
  const names = Object.keys(value)
  return names.length > 0 && names.every(name => INDEX.test(name))
    ? Object.values(value)
    : undefined
}
