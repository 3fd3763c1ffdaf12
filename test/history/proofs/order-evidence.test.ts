import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/history/pages/list-page.ts'
import { ANY_SIZE } from '../../../src/history/pages/page-number.ts'
import { OrderEvidence } from '../../../src/history/proofs/order-evidence.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import { answerOf, honestAnswer, numbers } from '../lists/placed-pages.ts'

function evidence(answers: readonly Answer<number>[], traits = new ListTraits()) {
  const order = new OrderEvidence<number>(row => row, traits)
  for (const answer of answers) order.learn(answer, ANY_SIZE)
  return order
}

/** The same page with its rows the other way round. */
const turned = (answer: Answer<number>) => ({ ...answer, rows: answer.rows.toReversed() })

const RISING = numbers(1, 40)
const FALLING = numbers(40, 1)
const firstTwo = (listed: readonly number[]) => [
  honestAnswer(listed, 1, 10),
  honestAnswer(listed, 2, 10),
]

describe('one page', () => {
  test('whose rows fall is believed, as that is how the upstream lists records', () => {
    expect(evidence([honestAnswer(FALLING, 1, 10)])).toMatchObject({
      isRising: false,
      isDoubtful: false,
    })
  })

  test('whose rows rise leaves open whether pages do', () => {
    expect(evidence([honestAnswer(RISING, 1, 10)])).toMatchObject({
      isRising: true,
      isDoubtful: true,
    })
  })

  test('of one row leaves everything open', () => {
    expect(evidence([honestAnswer(RISING, 1, 1)]).isDoubtful).toBe(true)
  })
})

describe('two pages', () => {
  test.each([
    ['without a row that can be read', []],
    ['whose rows all have one key', Array.from({ length: 10 }, () => 5)],
  ])('%s prove no order, so that the next reading does not go by it', (_, rows) => {
    const traits = new ListTraits()
    const pages = [1, 2].map(page => ({ ...honestAnswer(FALLING, page, 10), rows }))
    expect(evidence(pages, traits)).toMatchObject({ isRising: false, isKnown: false })
    expect(traits).toMatchObject({ isRising: undefined, isOrderProven: false })
    expect(evidence(firstTwo(FALLING), traits)).toMatchObject({
      isRising: false,
      arePagesTurned: false,
      isContradicted: false,
    })
  })

  test.each([
    ['rise', firstTwo(RISING), true, false],
    ['fall', firstTwo(FALLING), false, false],
    [
      'fall, and each lists its rows the other way round',
      firstTwo(FALLING).map(turned),
      false,
      true,
    ],
    ['rise, received in the reverse order', firstTwo(RISING).toReversed(), true, false],
  ])('%s', (_, answers, isRising, arePagesTurned) => {
    expect(evidence(answers)).toMatchObject({
      isRising,
      arePagesTurned,
      isDoubtful: false,
      isContradicted: false,
    })
  })

  test('say nothing if the list changed its length in between, as rows may have moved', () => {
    const [first, second] = firstTwo(FALLING).map(turned)
    const later = second && { ...second, count: 41 }
    expect(evidence([first ?? [], later ?? []].flat()).isDoubtful).toBe(true)
  })

  test('prove an order though a row of one second stands on the other page', () => {
    const answers = [
      answerOf(1, 5, [20, 19, 18, 17, 15], { count: 10 }),
      answerOf(2, 5, [16, 14, 13, 12, 11], { count: 10 }),
    ]
    const order = evidence([...answers, answerOf(10, 1, [11], { count: 10 })])
    expect(order).toMatchObject({ isRising: false, isDoubtful: false, isContradicted: false })
  })
})

describe('pages contradict each other, so that the list is in no order', () => {
  test.each([
    [
      'if their rows are mixed',
      [RISING.filter(key => key % 2 === 0), RISING.filter(key => key % 2 === 1)].flat(),
    ],
    [
      'if one rises and the other falls',
      [...numbers(1, 10), ...numbers(20, 11), ...numbers(21, 40)],
    ],
  ])('%s', (_, listed) => {
    expect(
      evidence([honestAnswer(listed, 1, 20), honestAnswer(listed, 2, 20), ...firstTwo(listed)])
        .isContradicted,
    ).toBe(true)
  })

  test('if pages rise whose rows fall', () => {
    expect(evidence(firstTwo(RISING).map(turned)).isContradicted).toBe(true)
  })

  test('if pages were turned before, and are not any more', () => {
    const traits = new ListTraits()
    evidence(firstTwo(FALLING).map(turned), traits)
    expect(evidence(firstTwo(FALLING), traits).isContradicted).toBe(true)
  })

  test('not if a few rows of one second stand the other way round', () => {
    const listed = [2, 1, ...numbers(3, 40)]
    const answers = [honestAnswer(listed, 1, 2), honestAnswer(listed, 2, 10)]
    expect(evidence([...answers, honestAnswer(listed, 1, 20)]).isContradicted).toBe(false)
  })
})

describe('from one reading to the next', () => {
  test('an order that was proven is known', () => {
    const traits = new ListTraits()
    evidence(firstTwo(RISING), traits)
    expect(evidence([], traits)).toMatchObject({ isRising: true, isDoubtful: false })
  })

  test('an upstream may list the other way round from now on', () => {
    const traits = new ListTraits()
    evidence(firstTwo(RISING), traits)
    expect(evidence(firstTwo(FALLING), traits)).toMatchObject({
      isRising: false,
      isContradicted: false,
    })
  })
})

describe("a cursor's order", () => {
  test('is assumed as long as nothing was read', () => {
    const order = evidence([])
    expect(order.assume(true)).toBe(true)
    expect(order.isRising).toBe(true)
  })

  test('is not if an earlier reading or a page has shown one', () => {
    const traits = new ListTraits()
    const order = evidence([honestAnswer(FALLING, 1, 10)], traits)
    expect(order.assume(true)).toBe(false)
    expect(evidence([], traits).assume(true)).toBe(false)
    expect(order.isRising).toBe(false)
  })

  test('gives way to two pages that show another one', () => {
    const order = evidence([])
    order.assume(true)
    for (const answer of firstTwo(FALLING)) order.learn(answer, ANY_SIZE)
    expect(order.isRising).toBe(false)
  })
})
