import { describe, expect, it } from 'vitest'
import { GivenTimes } from '../../src/cache/given-times.ts'

/** An answer that was asked for at one time, and received at another. */
const answer = (beganAtMs: number, receivedAtMs: number) => ({
  beganAtMs,
  receivedAtMs,
  origin: undefined,
})

const wanted = (name: string, mayBeBeside: boolean) => ({ name, mayBeBeside })

describe('beside an answer that was asked for at 10 and received at 20', () => {
  const times = new GivenTimes(0)
  times.noteGiven(answer(10, 20), 'first')

  it.each([
    ['one of a list that is read page after page', 15, 'second', false, false],
    ['the same, asked for once the other was there', 20, 'second', false, true],
    ['one of pages that are read side by side', 10, 'second', true, true],
    ['the same, asked for before', 9, 'second', true, false],
    ['the one that was given, once more', 15, 'first', true, false],
    ['the one that was given, asked for anew', 20, 'first', true, true],
  ])('%s, at %i: %s', (_, beganAtMs, name, mayBeBeside, isAllowed) => {
    expect(times.allow(answer(beganAtMs, beganAtMs + 10), wanted(name, mayBeBeside))).toBe(
      isAllowed,
    )
  })
})
