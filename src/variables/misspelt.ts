/** Names that are as short as PORT have many neighbours: of these only turned letters are a slip. */
const SHORT = 4
/** From here on, two slips may be in a name. */
const LONG = 10

interface Misspelt {
  readonly name: string
  readonly meant: string
}

/** Those names that are nearly a known name, unless the known one is among them too. */
export function findMisspelt(names: readonly string[], known: readonly string[]): Misspelt[] {
  const given = new Set(names)
  const isKnown = new Set(known)
  const missing = known.filter(each => !given.has(each)).map(each => new Spelling(each))
  return names
    .filter(name => !isKnown.has(name))
    .flatMap(name => {
      const spelling = new Spelling(name.toUpperCase())
      const meant = missing.find(each => isNearly(spelling, each))
      return meant === undefined ? [] : [{ name, meant: meant.name }]
    })
}

/** What names are compared by. It is made once for each, as each is compared with many. */
class Spelling {
  readonly name: string
  readonly words: readonly string[]
  /** Without what separates the words. */
  readonly letters: string
  readonly sorted: string

  constructor(name: string) {
    this.name = name
    this.words = name.split('_')
    this.letters = name.replaceAll(/[_.-]/g, '')
    this.sorted = [...name].sort().join('')
  }
}

function isNearly(given: Spelling, known: Spelling): boolean {
  if (given.letters === known.letters) return true
  const { length } = known.name
  if (length <= SHORT) return given.sorted === known.sorted
  const slips = length < LONG ? 1 : 2
  return hasNearlyTheWords(given, known) || isWithin(slips, given.name, known.name)
}

/** Whether one word is left out, or all are there in another order. */
function hasNearlyTheWords({ words, sorted }: Spelling, known: Spelling): boolean {
  const isLacking = words.length >= 2 && words.length === known.words.length - 1
  const isTurned = sorted === known.sorted && words.length === known.words.length
  return (isLacking || isTurned) && words.every(word => known.words.includes(word))
}

/** Whether so many letters at most were changed, left out, added, or turned with their neighbour. */
function isWithin(slips: number, a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > slips) return false
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1
      const isTurned = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + changed,
        isTurned ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    // Each row builds on the two before it: if both are beyond the slips, all that follow are.
    if (Math.min(...row) > slips && Math.min(...last) > slips) return false
    beforeLast = last
    last = row
  }
  return (last[b.length] ?? 0) <= slips
}
