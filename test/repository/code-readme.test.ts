import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { codeSpansOf, Markdown, rowNamesOf } from './markdown.ts'
import { namesIn, pathTo, readText } from './repository.ts'

const readme = new Markdown(readText(pathTo('src/README.md')))

describe('the tables of src/README.md', () => {
  it('have each script', () => {
    const listed = rowNamesOf(readme.section('Commands')).map(
      command => /^npm (?:run )?(\S+)/.exec(command)?.[1],
    )
    expect(listed.toSorted()).toEqual(Object.keys(packageJson.scripts).toSorted())
  })

  it('have each dependency, with a reason', () => {
    const { dependencies, devDependencies } = packageJson
    const section = readme.section('Dependencies')
    expect(rowNamesOf(section)).toEqual([
      ...Object.keys(dependencies),
      ...Object.keys(devDependencies),
    ])
    for (const [name, reason] of section.rows) expect(reason, name).not.toBe('')
  })

  it('name one concept alike in every room', () => {
    expect(readme.codeSpans).toContain('ls src/*/chat-message.ts')
    expect(globSync('src/*/chat-message.ts', { cwd: pathTo('') })).toHaveLength(3)
  })
})

describe('the table of rooms', () => {
  const { rows } = readme.section('Layout')
  const rooms = rows.filter(([room]) => room?.startsWith('`src/'))

  it('has all there are', () => {
    const there = globSync('src/*', { cwd: pathTo(''), withFileTypes: true })
      .filter(({ name }) => name !== 'README.md')
      .map(each => `src/${each.name}${each.isDirectory() ? '/' : ''}`)
    const named = rowNamesOf(readme.section('Layout')).filter(room => room.startsWith('src/'))
    expect(named.toSorted()).toEqual(there.toSorted())
  })

  it.each(rooms)('is right about the imports of %s', (room = '', _, mayImport = '') => {
    const [path = ''] = codeSpansOf(room)
    const files = path.endsWith('/') ? globSync(`${path}**/*.ts`, { cwd: pathTo('') }) : [path]
    const imported = files
      .flatMap(roomsImportedBy)
      .filter(each => !['', path.split('/')[1]].includes(each))
    expect([...new Set(imported)].toSorted()).toEqual(codeSpansOf(mayImport).toSorted())
  })
})

/** The first folders, or files, below src that a file imports from. */
function roomsImportedBy(file: string): string[] {
  return namesIn(file, /(?:from|import\(?) ?'(\.[^']+)'/g).map(target => {
    const [, room = ''] = new URL(target, `file:///${file}`).pathname.split('/').slice(1)
    return room.replace(/\.[jt]s$/, '')
  })
}
