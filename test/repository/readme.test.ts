import { existsSync, globSync } from 'node:fs'
import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { parseConfig } from '../../src/config.ts'
import { createSchema } from '../../src/schema/schema.ts'
import { startBanner } from '../../src/server/start-banner.ts'
import { startGateway } from '../gateway.ts'
import { codeSpansOf, Markdown } from './markdown.ts'
import { pathTo, readText } from './repository.ts'

const readme = new Markdown(readText(pathTo('README.md')))
const code = [...readme.codeSpans, ...readme.fences.map(({ text }) => text)].join('\n')

const firstCodeSpan = (cell = '') => codeSpansOf(cell)[0]
/** The code spans that begin the rows of a section's table. */
const rowNames = (heading: string) =>
  readme.section(heading).rows.flatMap(([name]) => codeSpansOf(name ?? ''))

/** The names in a source file that a pattern's group finds. */
const namesIn = (path: string, pattern: RegExp) =>
  [...readText(pathTo(path)).matchAll(pattern)].map(([, name = '']) => name)

describe('what the README names', () => {
  it('is there: files and folders', () => {
    const isPath = (span: string) =>
      /^\.?[\w-]+(?:\/[\w.-]+)*\/?$/.test(span) &&
      /^(?:src|test|\.ci)\/|\.(?:ts|json|graphql)$/.test(span)
    const paths = readme.codeSpans.filter(isPath)
    expect(paths.length).toBeGreaterThan(30)
    expect(paths.filter(path => !existsSync(pathTo(path)))).toEqual([])
    expect(globSync('src/*/chat-message.ts', { cwd: pathTo('') })).toHaveLength(3)
  })

  it('is there: what links lead to', () => {
    const { anchors } = readme
    const isBroken = (target: string) =>
      target.startsWith('#') ? !anchors.includes(target) : !existsSync(pathTo(target))
    const inside = readme.linkTargets.filter(target => !target.startsWith('https://'))
    expect(inside.filter(isBroken)).toEqual([])
  })

  it('is there: scripts, each in the table of commands', () => {
    const scripts = Object.keys(packageJson.scripts)
    const named = [...code.matchAll(/npm (?:run )?(start|test|(?<=run )[\w-]+)/g)]
    expect([...new Set(named.map(([, script]) => script))].toSorted()).toEqual(scripts.toSorted())
    const listed = rowNames('Commands').map(command => /^npm (?:run )?(\S+)/.exec(command)?.[1])
    expect(listed.toSorted()).toEqual(scripts.toSorted())
  })

  it('is each dependency, with a reason', () => {
    const { dependencies, devDependencies } = packageJson
    expect(rowNames('Dependencies')).toEqual([
      ...Object.keys(dependencies),
      ...Object.keys(devDependencies),
    ])
    for (const [name, reason] of readme.section('Dependencies').rows)
      expect(reason, name).not.toBe('')
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
        callersBringAccounts: false,
        onlyTrustedDocuments: false,
        trustedDocuments: 0,
        emulatedAccounts: [],
      }),
    )
  })
})

describe('the first query', () => {
  const section = readme.section('A first query')

  it.each(['2026-11-23T12:00:00+08:00', '2027-02-28T23:59:00+08:00', '2031-08-09T00:01:00+08:00'])(
    'has the answer that the README shows, at %s',
    async now => {
      await using gateway = await startGateway({ now: new Date(now) })
      const { data } = await gateway.ask(section.fence('graphql'))
      expect({ data }).toEqual(JSON.parse(section.fence('json')))
    },
  )
})

describe('the picture of the graph', () => {
  it('has each field that leads to an object, thick where it leads to many', () => {
    const drawn = readme.section('The graph').fence('mermaid').trim().split('\n').slice(1)
    expect(drawn.map(line => line.trim()).toSorted()).toEqual(arrows().toSorted())
  })

  const schema = createSchema()

  function arrows(): string[] {
    return Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !/^_|(?:Connection|Edge|PageInfo)$/.test(name))
      .flatMap(arrowsFrom)
  }

  function arrowsFrom(type: GraphQLObjectType): string[] {
    return Object.values(type.getFields()).flatMap(field => {
      const named = getNamedType(field.type)
      if (isScalarType(named) || isEnumType(named) || field.name.startsWith('_')) return []
      const isConnection = named.name.endsWith('Connection')
      const arrow = isConnection || isList(field.type) ? '==>' : '-->'
      return [`${type.name} ${arrow}|${field.name}| ${named.name.replace(/Connection$/, '')}`]
    })
  }

  const isList = (type: GraphQLOutputType) => isListType(isNonNullType(type) ? type.ofType : type)
})

describe('the tables of variables', () => {
  it('lists exactly those of the gateway', () => {
    expect(rowNames('Configuration').toSorted()).toEqual(
      namesIn('src/config.ts', /^ {2}([A-Z][A-Z0-9_]+): /gm).toSorted(),
    )
  })

  const defaultsIn = (heading: string): [string, string][] =>
    readme.section(heading).rows.flatMap(([name, value = '']) => {
      const [variable, byDefault] = [firstCodeSpan(name), firstCodeSpan(value)]
      return variable && byDefault && !value.startsWith('none') ? [[variable, byDefault]] : []
    })

  it.each(defaultsIn('Configuration'))('is right about the default of %s: %s', (name, value) => {
    expect(parseConfig({ [name]: value })).toEqual(parseConfig({}))
  })

  it('is right about what goes with what', () => {
    expect(parseConfig({ BANGWO8_URL: 'https://www.bangwo8.com' }).callers).toBe('passthrough')
    const open = {
      NODE_ENV: 'production',
      BANGWO8_URL: 'https://www.bangwo8.com',
      BANGWO8_ACCOUNT: 'account',
      BANGWO8_PASSWORD: 'password',
      CALLERS: 'open',
    }
    expect(() => parseConfig(open)).toThrow('CALLERS_OPEN_IN_PRODUCTION')
    const said = { ...open, CALLERS_OPEN_IN_PRODUCTION: 'everyone-may-read-everything' }
    expect(parseConfig(said).callers).toBe('open')
  })
})

describe('the table of error codes', () => {
  it('has those of HTTP, of the upstream, and of lookups', () => {
    const codes = [
      ...namesIn('src/server/http/statuses.ts', /\['([A-Z_]+)',/g),
      ...namesIn('src/upstream/errors.ts', /^ {2}\| '([A-Z_]+)'/gm),
      'LOOKUP_INCONCLUSIVE',
    ]
    expect(rowNames('Null and errors').toSorted()).toEqual([...new Set(codes)].toSorted())
  })
})

describe('the table of rooms', () => {
  const rooms = readme.section('How the code is laid out').rows

  it('has all there are', () => {
    const named = rooms
      .map(([room]) => firstCodeSpan(room))
      .filter(room => room?.startsWith('src/'))
    const there = globSync('src/*', { cwd: pathTo(''), withFileTypes: true }).map(
      each => `src/${each.name}${each.isDirectory() ? '/' : ''}`,
    )
    expect(named.toSorted()).toEqual(there.toSorted())
  })

  it.each(rooms.filter(([room]) => room?.startsWith('`src/')))(
    'is right about the imports of %s',
    (room, _, mayImport) => {
      const path = firstCodeSpan(room) ?? ''
      const files = path.endsWith('/') ? globSync(`${path}**/*.ts`, { cwd: pathTo('') }) : [path]
      const imported = files
        .flatMap(file => roomsImportedBy(file))
        .filter(each => each !== path.split('/')[1])
      expect([...new Set(imported)].toSorted()).toEqual(codeSpansOf(mayImport ?? '').toSorted())
    },
  )
})

/** The first folders, or files, below src that a file imports from. */
function roomsImportedBy(file: string): string[] {
  return namesIn(file, /(?:from|import\() ?'(\.[^']+)'/g).map(target => {
    const [, room = ''] = new URL(target, `file:///${file}`).pathname.split('/').slice(1)
    return room.replace(/\.ts$/, '')
  })
}
