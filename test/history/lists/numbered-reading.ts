import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import type { MovingListOptions } from './moving-list.ts'
import { MovingList } from './moving-list.ts'
import { numbers } from './placed-pages.ts'

type Options = Partial<MovingListOptions> & { readonly traits?: ListTraits }

/** One reading of a list of the keys 1 to `length`, newest first. */
export function read(length: number, { traits = new ListTraits(), ...options }: Options = {}) {
  const moving = new MovingList({ keys: numbers(1, length), rising: false, ...options })
  const list = new NumberedList<number>(moving, traits)
  const calls = () => moving.calls.map(({ page, perPage }) => `${page}/${perPage}`)
  return { moving, list, calls }
}

export const OLDEST = { from: -Infinity, towards: 1, to: Infinity } as const

export const NEWEST = { from: Infinity, towards: -1, to: -Infinity } as const

export const keysOf = (rows: readonly { readonly row: number }[]) => rows.map(({ row }) => row)
