import { describe, expect, test } from 'vitest'
import type { MomentRules } from '../../../src/history/pages/one-moment.ts'
import { isOneMoment, pagesToReadAgain } from '../../../src/history/pages/one-moment.ts'

interface Shown {
  readonly page: number
  readonly rows: string
  readonly order: number
  readonly askedAfter: number
  readonly count: number | undefined
}

type PageShown = readonly [page: number, rows: string, count?: number]

/** Each was asked for when the one before it had come. */
const inTurn = (...pages: readonly PageShown[]): readonly Shown[] =>
  pages.map(([page, rows, count], order) => ({ page, rows, count, order, askedAfter: order }))

function momentOf(shown: readonly Shown[], telling: MomentRules<unknown>['telling']) {
  const all = shown.map(({ page, ...each }) => ({ ...each, at: { page, perPage: 10 } }))
  const readings = Map.groupBy(all, ({ at }) => at.page)
  const stretch = { low: 1, between: [2], high: 3 }
  const rules: MomentRules<(typeof all)[number]> = {
    telling,
    haveSameRows: (one, other) => one.rows === other.rows,
  }
  return {
    isOne: isOneMoment(stretch, readings, rules),
    again: pagesToReadAgain(stretch, readings, rules),
  }
}

const COUNTED = inTurn([1, 'ab', 30], [2, '', 30], [3, 'cd', 30])
const UNCOUNTED = inTurn([1, 'ab'], [2, ''], [3, 'cd'])
const AT_ONCE = COUNTED.map(each => ({ ...each, askedAfter: 0 }))

describe('a page, one without rows, and the next one', () => {
  test.each<[string, readonly Shown[], MomentRules<unknown>['telling'], readonly number[]]>([
    ['the first one tells', COUNTED, 'low', [1]],
    ['the last one would tell, but was read last', COUNTED, 'high', [1, 2]],
    ['the last one tells', inTurn([3, 'cd', 30], [2, '', 30], [1, 'ab', 30]), 'high', [3]],
    ['neither tells alone', COUNTED, undefined, [1, 2]],
    ['no length is stated', UNCOUNTED, 'low', [1, 2]],
    ['all were asked for at once', AT_ONCE, 'low', [2, 3]],
    ['the first one has changed', [...COUNTED, ...later([1, 'bc', 30])], 'low', [2, 3]],
    ['the length has changed', [...COUNTED, ...later([1, 'ab', 31])], 'low', [2, 3]],
    ['it changed amid', inTurn([1, 'ab', 30], [2, '', 30], [3, 'cd', 31]), 'low', [1, 2]],
  ])('%s: some are read again', (_, shown, telling, again) => {
    expect(momentOf(shown, telling)).toEqual({ isOne: false, again })
  })

  test.each<[string, readonly Shown[], MomentRules<unknown>['telling']]>([
    ['the first one is the same again', [...COUNTED, ...later([1, 'ab', 30])], 'low'],
    ['both of the first ones are', [...UNCOUNTED, ...later([1, 'ab'], [2, ''])], undefined],
  ])('%s: they are one moment', (_, shown, telling) => {
    expect(momentOf(shown, telling)).toEqual({ isOne: true, again: [] })
  })
})

/** Pages that are read after the three. */
function later(...pages: readonly PageShown[]): readonly Shown[] {
  return inTurn(...pages).map(each => ({ ...each, order: each.order + 3, askedAfter: 3 }))
}
