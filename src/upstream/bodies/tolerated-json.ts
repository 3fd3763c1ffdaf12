import { visit } from 'jsonc-parser'

type Cut = readonly [from: number, to: number]

/**
 * The text with blanks for its comments and trailing commas, which the API's own
 * examples have though JSON forbids them. Undefined if anything else is wrong.
 */
export function toStrictJson(text: string): string | undefined {
  const cuts = findCuts(text)
  if (!cuts) return undefined
  let keptTo = 0
  const kept = cuts.map(([from, to]) => {
    const part = text.slice(keptTo, from)
    keptTo = to
    return part
  })
  return [...kept, text.slice(keptTo)].join(' ')
}

function findCuts(text: string): Cut[] | undefined {
  const cuts: Cut[] = []
  let isOtherwiseStrict = true
  /** The latest comma while no value follows it, with the number of cuts before it. */
  let comma: { readonly offset: number; readonly cutsBefore: number } | undefined
  const forgetComma = () => {
    comma = undefined
  }
  const cutComma = () => {
    if (comma) cuts.splice(comma.cutsBefore, 0, [comma.offset, comma.offset + 1])
    comma = undefined
  }
  const visitor = {
    onComment: (offset: number, length: number) => void cuts.push([offset, offset + length]),
    onSeparator(character: string, offset: number) {
      if (character === ',') comma = { offset, cutsBefore: cuts.length }
    },
    onObjectProperty: forgetComma,
    onLiteralValue: forgetComma,
    onObjectBegin: forgetComma,
    onArrayBegin: forgetComma,
    onObjectEnd: cutComma,
    onArrayEnd: cutComma,
    onError() {
      isOtherwiseStrict = false
    },
  }
  visit(text, visitor, { allowTrailingComma: true })
  return isOtherwiseStrict ? cuts : undefined
}
