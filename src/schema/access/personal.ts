import type { FieldExtensions } from '../plan/field-plan.ts'

/**
 * The tag of fields that are about a person: names, ways to reach one, and texts that somebody
 * wrote. A contract leaves them out of a supergraph, and a router can act on them. Never the tag of
 * a key, because everyone who has an entity may know its key.
 */
export const PERSONAL = 'personal'

/** What a field of a text, an id or a URL declares if it is not about a person. */
export const IMPERSONAL = { isImpersonal: true } satisfies FieldExtensions

/**
 * A text with its middle hidden, as 132****8478: three characters and four of a long one, two and two
 * of a shorter one, none of one that they would give away. How much is hidden is not shown.
 */
export function maskMiddle(text: string): string {
  const characters = [...text]
  const { length } = characters
  const [head, tail] = length >= 11 ? [3, 4] : length >= 8 ? [2, 2] : [0, 0]
  return `${characters.slice(0, head).join('')}****${characters.slice(length - tail).join('')}`
}
