import type { ListReading } from './list-reading.ts'
import { pageAround } from './page-window.ts'
import type { Gap } from './walk-gaps.ts'

/**
 * A page with both places, or with the first and the one next to it, shows whether the list moved.
 * If it lacks rows that others had shown, the place of those shows it. `step` is 1 if places are
 * walked along as they rise, else -1.
 */
export async function lookAtGap<Row>(
  reading: ListReading<Row>,
  [one, other]: Gap,
  step: 1 | -1,
): Promise<void> {
  const known = reading.lost
  await lookAround(reading, one.index, other.index, step)
  const lost = reading.lost.values().find(row => !known.has(row.key))
  if (lost) await lookAround(reading, lost.index, lost.index, 1)
}

/** Reads a page with two places, or with the first and the one next to it. */
async function lookAround<Row>(
  reading: ListReading<Row>,
  one: number,
  other: number,
  step: 1 | -1,
): Promise<void> {
  const { cap } = reading
  const around = (to: number) =>
    pageAround({ from: Math.max(0, Math.min(one, to)), to: Math.max(0, one, to) }, cap)
  await reading.read(around(other) ?? around(one + step) ?? { page: 1, perPage: cap })
}
