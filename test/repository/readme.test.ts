import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { startBanner } from '../../src/server/start-banner.ts'
import { Markdown } from './markdown.ts'
import { pathTo, readText } from './repository.ts'

const files = globSync(['README.md', 'src/**/README.md', 'test/**/README.md'], {
  cwd: pathTo(''),
  exclude: path => path.endsWith('node_modules'),
})
const read = (file: string) => new Markdown(readText(pathTo(file)))
const readme = read('README.md')

describe('README.md', () => {
  it('is a door: no more than 150 lines', () => {
    expect(readme.text.trimEnd().split('\n').length).toBeLessThanOrEqual(150)
  })

  it('leads to each of the others', () => {
    expect(readme.linkTargets).toEqual(
      expect.arrayContaining(files.filter(file => file !== 'README.md')),
    )
  })

  it('has ten lines in Chinese', () => {
    const lines = readme.section('中文').text.trim().split('\n')
    expect(lines).toHaveLength(10)
    expect(lines.filter(line => !/\p{Script=Han}/u.test(line))).toEqual([])
  })
})

describe.each(files)('what %s names', file => {
  const markdown = read(file)
  const isThere = (path: string) =>
    existsSync(pathTo(path)) || existsSync(pathTo(join(dirname(file), path)))

  it('is there: files and folders', () => {
    const isPath = (span: string) =>
      /^\.?[\w-]+(?:\/[\w.-]+)*\/?$/.test(span) &&
      /^(?:src|test|\.ci)\/|\.(?:ts|json|graphql|md|yaml)$/.test(span) &&
      !MADE_ELSEWHERE.includes(span)
    expect(markdown.codeSpans.filter(isPath).filter(path => !isThere(path))).toEqual([])
  })

  it('is there: what links lead to', () => {
    const isBroken = (target: string) => {
      const [path = '', anchor] = target.split('#')
      const linked = path === '' ? file : join(dirname(file), path)
      if (!existsSync(pathTo(linked))) return true
      return anchor !== undefined && !read(linked).anchors.includes(`#${anchor}`)
    }
    const inside = markdown.linkTargets.filter(target => !target.startsWith('https://'))
    expect(inside.filter(isBroken)).toEqual([])
  })
})

/** Files that a reader makes. */
const MADE_ELSEWHERE = ['persisted-documents.json']

describe('CHANGELOG.md', () => {
  it('begins with the version of package.json', () => {
    const [, newest] = /^## (\S+?),? /m.exec(read('CHANGELOG.md').text) ?? []
    expect(newest).toBe(packageJson.version)
  })
})

describe('the two commands', () => {
  it('stand alone, to be copied', () => {
    const [start, announced, test] = readme.section('Start').fences
    expect(start).toEqual({ language: 'sh', text: 'npm ci && npm start\n' })
    expect(test).toEqual({ language: 'sh', text: 'npm ci && npm test\n' })
    expect(announced?.text).toBe(
      startBanner({
        url: 'http://127.0.0.1:4000/graphql',
        upstreamUrl: undefined,
        accountName: undefined,
        callers: 'open',
        onlyTrustedDocuments: false,
        hasGraphiql: true,
        trustedDocuments: 0,
        emulatedAccounts: [],
      }),
    )
  })
})
