import type { PlaceHint } from '../../../src/history/cursor.ts'
import { ListInconclusiveError } from '../../../src/history/list-errors.ts'
import type { Towards } from '../../../src/history/lists/numbered-list.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import { isOneOf, type MovingListOptions } from './moving-list.ts'
import { keysOf, read } from './numbered-reading.ts'
import { numbers } from './placed-pages.ts'

export type OddList = Partial<MovingListOptions>

/** How many of the questions asked of a list were answered with too little, and how many with an error. */
export interface Tally {
  readonly asked: number
  readonly silent: readonly string[]
  readonly refused: readonly string[]
}

const LENGTHS = [
  1, 2, 3, 5, 7, 9, 10, 11, 15, 19, 20, 21, 25, 30, 39, 40, 41, 45, 49, 50, 51, 60, 75, 90, 99, 100,
  101, 119, 120, 130, 150, 199, 200, 201, 225, 250, 330,
]

/**
 * The most calls that one part of a list may take here. Production allows fewer, and refuses more: what is
 * looked for here is what is lost.
 */
const MOST_CALLS = 60

interface Walk {
  readonly limit: number
  readonly towards: Towards
  /** How many parts are asked for, each where the last one ended. */
  readonly parts: number
}

const WALKS: readonly Walk[] = ([1, -1] as const).flatMap(towards => [
  { limit: 100, towards, parts: 10 },
  { limit: 19, towards, parts: 40 },
  { limit: 10, towards, parts: 3 },
  { limit: 3, towards, parts: 1 },
])

/** Asks lists of many lengths, in both orders, for parts from both ends and for rows by key. */
export async function exploreLists(odd: OddList): Promise<Tally> {
  const silent: string[] = []
  const refused: string[] = []
  let asked = 0
  for (const length of LENGTHS) {
    for (const rising of [true, false]) {
      for (const { name, ask } of questionsOf(length, { ...odd, rising })) {
        asked++
        const verdict = await ask()
        const question = `${length} ${rising ? 'rising' : 'falling'}, ${name}`
        if (verdict === 'silent') silent.push(question)
        if (verdict === 'refused') refused.push(question)
      }
    }
  }
  return { asked, silent, refused }
}

type Verdict = 'right' | 'silent' | 'refused'

function questionsOf(length: number, odd: OddList) {
  const { everyKey, shown } = keysIn(length, odd)
  const walks = WALKS.map(walk => ({
    name: `${walk.limit} towards ${walk.towards}`,
    ask: () => verdictOf(() => isWalkRight(walk, { ...odd, keys: everyKey }, shown)),
  }))
  const wanted = [shown[0], shown[Math.floor(shown.length / 2)], shown.at(-1), 0, 4, 3 * length + 3]
  const searches = wanted.map((key = 1) => ({
    name: `record ${key}`,
    ask: () => verdictOf(() => isFindRight(key, { ...odd, keys: everyKey }, shown)),
  }))
  return [...walks, ...searches]
}

/** Each third key is in the list: others are absent amid it. */
function keysIn(length: number, { hidden }: OddList) {
  const everyKey = numbers(1, length).map(key => 3 * key)
  const shown = everyKey.filter(key => !isOneOf(hidden, key))
  return { everyKey, shown }
}

async function verdictOf(ask: () => Promise<boolean>): Promise<Verdict> {
  try {
    return (await ask()) ? 'right' : 'silent'
  } catch (error) {
    if (!(error instanceof ListInconclusiveError)) throw error
    return 'refused'
  }
}

async function isWalkRight(
  { limit, towards, parts }: Walk,
  odd: OddList,
  shown: readonly number[],
): Promise<boolean> {
  const keys = towards > 0 ? shown : shown.toReversed()
  const traits = new ListTraits()
  let from = -towards * Infinity
  let hint: PlaceHint | undefined
  for (let part = 0, given = 0; part < parts; part++) {
    const { list, calls } = read(0, { traits, ...odd })
    const rows = await list.slice({ from, towards, to: towards * Infinity, limit, hint })
    if (calls().length > MOST_CALLS)
      throw new ListInconclusiveError('calls', { isRetryable: false })
    const last = rows.at(-1)
    const proven = last?.proven ?? last
    const wanted = keys.slice(given, given + limit)
    if (keysOf(rows).join() !== wanted.join()) return false
    if (!last || !proven || rows.length < limit) return given + rows.length === keys.length
    given += last.proven ? limit - 1 : limit
    from = proven.row + towards
    hint = list.hintOf(proven)
  }
  return true
}

async function isFindRight(key: number, odd: OddList, shown: readonly number[]): Promise<boolean> {
  const { list } = read(0, odd)
  const found = await list.find([key], () => undefined)
  return keysOf(found).join() === (shown.includes(key) ? `${key}` : '')
}
