import type { Dice } from '../../src/emulator/random.ts'

/**
 * A value that no answer may repeat but as data. It begins with what is in no name, so that it is not
 * taken for the name of a field, which an error may repeat.
 */
export const CANARY = '«canary»'

/** Any of a list; undefined only if it is empty. */
export const anyOf = <Each>(dice: Dice, list: readonly Each[]): Each | undefined =>
  list[dice.below(list.length)]

/** JSON that nobody sends on purpose. */
export function oddJson(dice: Dice, depth = 4): string {
  const kind = dice.below(depth > 0 ? 9 : 6)
  if (kind === 0)
    return String(anyOf(dice, ['null', 'true', 'false', '0', '-0', '1e999', '-1e309']))
  if (kind === 1) return JSON.stringify(CANARY.repeat(dice.oneIn(50) ? 1000 : 1))
  if (kind === 2) return String(anyOf(dice, ['""', '"\\u0000"', '"\\ud800"', '"__proto__"', '" "']))
  if (kind === 3) return String(dice.below(2 ** 31) / 7)
  if (kind === 4) return `${'['.repeat(dice.below(40))}1`
  if (kind === 5)
    return String(anyOf(dice, ['', 'nul', '{"a":', '"', "'a'", 'NaN', '\u2028', '01']))
  const length = dice.below(4)
  const parts = Array.from({ length }, () => oddJson(dice, depth - 1))
  if (kind === 6) return `[${parts.join(',')}]`
  const names = ['a', '__proto__', 'constructor', 'first', 'csId', '', 'query', 'toString', CANARY]
  return `{${parts.map(part => `${JSON.stringify(anyOf(dice, names))}:${part}`).join(',')}}`
}
