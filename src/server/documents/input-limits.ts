import { GraphQLError } from 'graphql'
import type { InputLimits } from '../../variables/limits.ts'
import { limitError } from './limit-error.ts'

/**
 * Throws a GraphQLError for JSON that is nested too deep, before it is parsed: what walks it may do so
 * by recursion. Whether it is JSON does not matter here.
 */
export function assertFlat(json: string, { jsonDepth }: InputLimits): void {
  const found = depthOf(json)
  if (found > jsonDepth)
    throw limitError(
      'JSON_DEPTH_LIMIT',
      'lists and objects of JSON within each other',
      jsonDepth,
      found,
    )
}

function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  let isInText = false
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at]
    if (character === '"') isInText = !isInText
    else if (isInText) at += character === '\\' ? 1 : 0
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > deepest) deepest = depth
  }
  return deepest
}

/** Throws a GraphQLError for variables with a value that is too large, wherever it is in them. */
export function assertSmall(
  variables: Readonly<Record<string, unknown>>,
  limits: InputLimits,
): void {
  const open: unknown[] = [variables]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string') assertText(value, limits)
    else if (typeof value === 'number') assertNumber(value)
    else if (Array.isArray(value)) {
      assertList(value, limits)
      for (const each of value) open.push(each)
    } else if (value !== null && typeof value === 'object') {
      for (const [name, each] of Object.entries(value)) {
        assertText(name, limits)
        open.push(each)
      }
    }
  }
}

function assertText(text: string, { textBytes }: InputLimits): void {
  // Most are so short that their bytes need not be counted.
  if (text.length * MOST_BYTES_PER_CHARACTER <= textBytes) return
  const found = Buffer.byteLength(text)
  if (found > textBytes)
    throw limitError('BAD_USER_INPUT', 'bytes of a text in variables', textBytes, found)
}

const MOST_BYTES_PER_CHARACTER = 3

function assertList({ length }: readonly unknown[], { listValues }: InputLimits): void {
  if (length > listValues)
    throw limitError('BAD_USER_INPUT', 'values of a list in variables', listValues, length)
}

/** JSON can spell numbers that JavaScript reads as infinite. */
function assertNumber(value: number): void {
  if (Number.isFinite(value)) return
  throw new GraphQLError('Expected numbers in variables that are not greater than 1.7e308.', {
    extensions: { code: 'BAD_USER_INPUT', retryable: false },
  })
}
