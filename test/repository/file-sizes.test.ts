import { expect, test } from 'vitest'
import { sourceFiles } from './source-files.ts'

const MAX_LINES = 400

test(`no source file has more than ${MAX_LINES} lines`, () => {
  const sizes = sourceFiles.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  expect(sizes.length).toBeGreaterThan(50)
  expect(sizes.filter(({ lines }) => lines > MAX_LINES)).toEqual([])
})

test('nothing is left to do in a comment', () => {
  const unfinished = sourceFiles.filter(({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text))
  expect(unfinished.map(({ path }) => path)).toEqual([])
})
