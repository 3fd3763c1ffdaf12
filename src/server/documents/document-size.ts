import { type DocumentNode, Kind } from 'graphql'
import { DefinitionSize, NO_SIZE, type Size, type Spread } from './definition-size.ts'

/**
 * Counting stops at this number, because counts double with each fragment that spreads another
 * twice.
 */
const MOST_COUNTED = 1_000_000_000

/** A spread stands for one field at least, so that no document of many spreads seems small. */
const UNKNOWN_FRAGMENT: Size = { ...NO_SIZE, depth: 1, rootFields: 1, fields: 1 }

/**
 * The size of a document if each fragment is written out wherever it is spread: that of all its
 * operations together, or that of one fragment if it is larger. Only repeated fields count as they
 * are written. Undefined if a fragment spreads itself, because that document has no end. The time
 * that this takes grows with the document as it is written.
 */
export function sizeOfDocument({ definitions }: DocumentNode): Size | undefined {
  const operations: DefinitionSize[] = []
  const fragments = new Map<string, DefinitionSize>()
  let repeatedFields = 0
  for (const definition of definitions) {
    const part = new DefinitionSize(definition)
    repeatedFields += part.repeatedFields
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, part)
    else operations.push(part)
  }
  const written = writeOut([...fragments.values(), ...operations], fragments)
  if (!written) return undefined
  const sizeOf = (part: DefinitionSize) => written.get(part) ?? NO_SIZE
  const together = operations.map(sizeOf).reduce(sum, NO_SIZE)
  const rootFields = operations
    .map(sizeOf)
    .reduce((most, size) => Math.max(most, size.rootFields), 0)
  const largest = [...fragments.values()].map(sizeOf).reduce(greatest, together)
  return { ...largest, rootFields, repeatedFields }
}

interface OpenPart {
  readonly part: DefinitionSize
  /** How many of its spreads were looked at. */
  done: number
}

/** The sizes of definitions with their fragments: each once, those that it spreads before it. */
function writeOut(
  parts: readonly DefinitionSize[],
  fragments: ReadonlyMap<string, DefinitionSize>,
): ReadonlyMap<DefinitionSize, Size> | undefined {
  const sizes = new Map<DefinitionSize, Size>()
  const open: OpenPart[] = []
  const isOpen = new Set<DefinitionSize>()
  const enter = (part: DefinitionSize) => {
    open.push({ part, done: 0 })
    isOpen.add(part)
  }
  for (const part of parts) {
    if (!sizes.has(part)) enter(part)
    for (let last = open.at(-1); last; last = open.at(-1)) {
      const spread = last.part.spreads[last.done]
      const next = spread && fragments.get(spread.name)
      last.done += 1
      if (!spread) {
        sizes.set(last.part, withSpreads(last.part, fragments, sizes))
        isOpen.delete(last.part)
        open.pop()
      } else if (next && isOpen.has(next)) return undefined
      else if (next && !sizes.has(next)) enter(next)
    }
  }
  return sizes
}

function withSpreads(
  part: DefinitionSize,
  fragments: ReadonlyMap<string, DefinitionSize>,
  sizes: ReadonlyMap<DefinitionSize, Size>,
): Size {
  let size: Size = part
  for (const spread of part.spreads) {
    const fragment = fragments.get(spread.name)
    size = sum(size, within(spread, (fragment && sizes.get(fragment)) ?? UNKNOWN_FRAGMENT))
  }
  return size
}

/** What a fragment adds to the definition that spreads it. */
const within = ({ isAtRoot, depth, fragmentDepth }: Spread, size: Size): Size => ({
  ...size,
  depth: depth + size.depth,
  fragmentDepth: fragmentDepth + size.fragmentDepth,
  rootFields: isAtRoot ? size.rootFields : 0,
})

const added = (one: number, other: number) => Math.min(MOST_COUNTED, one + other)

const combined =
  (count: (one: number, other: number) => number) =>
  (one: Size, other: Size): Size => ({
    depth: Math.max(one.depth, other.depth),
    fragmentDepth: Math.max(one.fragmentDepth, other.fragmentDepth),
    rootFields: count(one.rootFields, other.rootFields),
    fields: count(one.fields, other.fields),
    aliases: count(one.aliases, other.aliases),
    directives: count(one.directives, other.directives),
    repeatedFields: one.repeatedFields,
  })

const sum = combined(added)
const greatest = combined(Math.max)
