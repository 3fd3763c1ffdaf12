import { expect, test } from 'vitest'
import { stampOf } from './accounts.ts'
import { judge } from './judge.ts'

const TRUTH = {
  a: {
    nodes: [
      { id: '1', text: 'x' },
      { id: '2', text: null },
    ],
  },
  b: 3,
}

const errorAt = (...path: (string | number)[]) => ({
  path,
  extensions: { code: 'UPSTREAM_TIMEOUT' },
})
const judged = (answer: object) => judge(JSON.stringify(answer), 'me', TRUTH)

test('all of it is the truth: whole', () => {
  expect(judged({ data: TRUTH, extensions: { upstream: {} } })).toBe('whole')
})

test('all of it is the truth, and some of it is old: stale', () => {
  const upstream = { made: 0, stale: { ageMs: 4000, reason: 'REFRESHING', answers: 1 } }
  expect(judged({ data: TRUTH, extensions: { upstream } })).toBe('stale')
  expect(judged({ data: TRUTH, extensions: { upstream: { made: 1, stale: 0 } } })).toBe('whole')
})

test('a value read for the caller is the truth, one read for another is foreign', () => {
  const read = (account: string) => ({
    a: { ...TRUTH.a, nodes: [{ id: '1', text: `x${stampOf(account)}` }, TRUTH.a.nodes[1]] },
    b: 3,
  })
  expect(judged({ data: read('me') })).toBe('whole')
  expect(judged({ data: read('you') })).toBe('foreign')
})

test('nulls with errors below them, and the rest is the truth: partial', () => {
  const data = {
    a: {
      nodes: [
        { id: '1', text: null },
        { id: '2', text: null },
      ],
    },
    b: 3,
  }
  expect(judged({ data, errors: [errorAt('a', 'nodes', 0, 'text')] })).toBe('partial')
  expect(judged({ data: { a: null, b: 3 }, errors: [errorAt('a', 'nodes')] })).toBe('partial')
})

test('nothing but errors: failed', () => {
  expect(judged({ errors: [errorAt('a')] })).toBe('failed')
  expect(judged({ data: { a: null, b: null }, errors: [errorAt('a'), errorAt('b')] })).toBe(
    'failed',
  )
})

test.each([
  ['another value', { a: TRUTH.a, b: 4 }, []],
  ['a null without an error', { a: null, b: 3 }, []],
  ['a null whose error is elsewhere', { a: null, b: 3 }, [errorAt('b')]],
  ['a row too few', { a: { nodes: [TRUTH.a.nodes[0]] }, b: null }, [errorAt('b')]],
  [
    'a value that the truth does not have',
    { a: { nodes: [TRUTH.a.nodes[0], { id: '2', text: 'y' }] }, b: null },
    [errorAt('b')],
  ],
])('%s: wrong', (_, data, errors) => {
  expect(judged({ data, ...(errors.length > 0 && { errors }) })).toBe('wrong')
})
