import { BadUserInputError } from './bad-user-input.ts'

/** The largest upstream id that is accepted, in digits, so that all are exact in a double. */
const MAX_DIGITS = 15

/** The text of an id. GraphQL's ID is a text or a whole number. Empty if the value is neither. */
export const parseIdText = (value: unknown): string =>
  typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : ''

/** An id of the upstream: whole and positive, as its ids are auto-increment. Undefined for others. */
export function readUpstreamId(value: unknown): number | undefined {
  const text = parseIdText(value)
  return /^[1-9][0-9]*$/.test(text) && text.length <= MAX_DIGITS ? Number(text) : undefined
}

/** The id as a number. Throws BadUserInputError if the value is no id. */
export function parseUpstreamId(name: string, value: unknown): number {
  const id = readUpstreamId(value)
  if (id !== undefined) return id
  throw new BadUserInputError(
    `${name} must be a whole number from 1, of at most ${MAX_DIGITS} digits.`,
  )
}
