import { expect, test } from 'vitest'
import { readEnvironment } from '../../src/emulator/environment.ts'
import { FAULTS } from '../../src/emulator/odd/faults.ts'
import { NAMED_ODDITIES } from '../../src/emulator/odd/named-oddities.ts'
import { toSettings } from '../../src/emulator/options.ts'
import { codeSpansOf, Markdown } from '../repository/markdown.ts'
import { pathTo, readText } from '../repository/repository.ts'

const sourceOf = (file: string) => readText(pathTo(`src/emulator/${file}`))
const readme = new Markdown(sourceOf('README.md'))

const namesIn = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].toSorted()

/** The names in the first cells of the tables below a heading. */
const rowNames = (heading: string) => namesIn(readme.section(heading).text, /^\| `([\w-]+)` \|/gm)

/** The options that an interface has. */
function optionsOf(file: string, name: string): string[] {
  const [, body = ''] = sourceOf(file).split(new RegExp(`interface ${name}\\b[^{]*\\{\n`))
  return namesIn(body.slice(0, body.indexOf('\n}')), /^ {2}readonly (\w+)\?:/gm)
}

test('the variables are those that are read', () => {
  const read = namesIn(sourceOf('environment.ts'), /\b(EMULATOR_[A-Z_]+)\b/g)
  expect(rowNames('Alone').filter(name => name.startsWith('EMULATOR_'))).toEqual(read)
})

test('the defaults of the variables are the defaults', () => {
  const settingsOf = (environment: Record<string, string>) => {
    const { now: _, ...settings } = toSettings(readEnvironment(environment))
    return settings
  }
  const rows = readme.section('Alone').rows.filter(([, value]) => value?.startsWith('`'))
  expect(rows.length).toBeGreaterThan(5)
  for (const cells of rows) {
    const [name = '', value = ''] = cells.flatMap(codeSpansOf)
    expect(settingsOf({ [name]: value }), name).toEqual(settingsOf({}))
  }
})

test('the named oddities are those that there are, and mean what they say', () => {
  const { text } = readme.section('Alone')
  expect(rowNames('Alone').filter(name => !name.startsWith('EMULATOR_'))).toEqual(
    Object.keys(NAMED_ODDITIES).toSorted(),
  )
  for (const [name, { meaning }] of Object.entries(NAMED_ODDITIES))
    expect(text).toContain(`| \`${name}\` | ${meaning} |`)
})

test('the faults are those that there are, and mean what they say', () => {
  expect(rowNames('Faults')).toEqual(Object.keys(FAULTS).toSorted())
  for (const [name, { meaning }] of Object.entries(FAULTS))
    expect(readme.section('Faults').text).toContain(`| \`${name}\` | ${meaning} |`)
})

test('every oddity has its row', () => {
  expect(rowNames('Oddities of pages')).toEqual(optionsOf('odd/oddities.ts', 'PageOddities'))
  expect(rowNames('Oddities of any answer')).toEqual(optionsOf('odd/oddities.ts', 'AnswerOddities'))
  const ofOneKind = ['ListOddities', 'AgentListOddities', 'ChatOddities'].flatMap(name =>
    optionsOf('odd/oddities.ts', name),
  )
  expect(rowNames('Oddities of one kind of list')).toEqual([...new Set(ofOneKind)].toSorted())
  const all = optionsOf('options.ts', 'EmulatorOptions')
  for (const name of rowNames('Oddities of records')) expect(all).toContain(name)
})

test('every change has its row', () => {
  const changes = namesIn(
    sourceOf('records/changes.ts'),
    /^ {2}(\w+)\(.*\): (?:number|void|boolean)$/gm,
  )
  expect(rowNames('Changes while it runs')).toEqual(
    [...changes, 'relabel', 'reclassify'].toSorted(),
  )
})
