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
  const isKnown = new Set(known)
  const missing = known.filter(each => !names.includes(each))
  return names
    .filter(name => !isKnown.has(name))
    .flatMap(name => {
      const meant = missing.find(each => isNearly(name, each))
      return meant === undefined ? [] : [{ name, meant }]
    })
}

function isNearly(name: string, known: string): boolean {
  const upper = name.toUpperCase()
  if (lettersOf(upper) === lettersOf(known)) return true
  if (known.length <= SHORT) return sorted(upper) === sorted(known)
  const slips = known.length < LONG ? 1 : 2
  return hasNearlyTheWords(upper, known) || isWithin(slips, upper, known)
}

const lettersOf = (name: string) => name.replaceAll(/[_.-]/g, '')

const sorted = (name: string) => [...name].toSorted().join('')

/** Whether one word is left out, or all are there in another order. */
function hasNearlyTheWords(name: string, known: string): boolean {
  const words = name.split('_')
  const knownWords = known.split('_')
  const isLacking = words.length >= 2 && words.length === knownWords.length - 1
  const isTurned = words.length === knownWords.length && sorted(name) === sorted(known)
  return (isLacking || isTurned) && words.every(word => knownWords.includes(word))
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
    beforeLast = last
    last = row
  }
  return (last[b.length] ?? 0) <= slips
}
