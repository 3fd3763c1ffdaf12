import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pathTo, readText } from './repository.ts'
import { sourceFiles } from './source-files.ts'

const MAX_LINES = 250

/** Without what is installed or generated there. */
const isOurs = (path: string) => !/node_modules|\/(?:generated|__generated__|dist)\//.test(path)

test(`no file of code or tests has more than ${MAX_LINES} lines`, () => {
  const paths = globSync('{src,test}/**/*.{ts,js,css,html}', {
    cwd: pathTo(''),
    exclude: ['**/node_modules'],
  })
  const sizes = paths
    .filter(isOurs)
    .map(path => ({ path, lines: readText(pathTo(path)).split('\n').length - 1 }))
  expect(sizes.length).toBeGreaterThan(500)
  expect(sizes.filter(({ lines }) => lines > MAX_LINES)).toEqual([])
})

test('nothing is left to do in a comment', () => {
  const unfinished = sourceFiles.filter(({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text))
  expect(unfinished.map(({ path }) => path)).toEqual([])
})
