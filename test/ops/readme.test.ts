import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { codeSpansOf, Markdown, rowNamesOf } from '../repository/markdown.ts'
import { namesIn, pathTo, readText } from '../repository/repository.ts'
import { readServedMetrics } from './served-metrics.ts'

const readme = new Markdown(readText(pathTo('src/ops/README.md')))
/** Where variables are read. */
const SOURCES = ['src/config.ts', ...globSync('src/variables/*.ts', { cwd: pathTo('') })]
const variables = readme.section('Configuration')

describe('the table of the log', () => {
  it('has every event', () => {
    const named = readme.section('Log and health').rows.flatMap(([cell = '']) => codeSpansOf(cell))
    const written = namesIn('src/log.ts', /^ {2}\| '([a-z-]+)'/gm)
    expect(named.toSorted()).toEqual(written.toSorted())
  })
})

describe('the table of metrics', () => {
  it('has none that is not served, with its own labels', async () => {
    const served = await readServedMetrics()
    const { rows } = readme.section('Metrics')
    expect(rows.length).toBeGreaterThan(5)
    for (const [names = '', labels = ''] of rows) {
      expect(codeSpansOf(names).filter(name => !served.names.has(name))).toEqual([])
      expect(codeSpansOf(labels).filter(name => !served.labels.has(name))).toEqual([])
    }
  })
})

describe('the table of variables', () => {
  it('lists exactly those of the gateway', () => {
    expect(rowNamesOf(variables).toSorted()).toEqual(
      SOURCES.flatMap(file => namesIn(file, /^ {2}([A-Z][A-Z0-9_]+): /gm)).toSorted(),
    )
  })

  const defaults = variables.rows.flatMap(([name = '', value = '']): [string, string][] => {
    const [[variable], [byDefault]] = [codeSpansOf(name), codeSpansOf(value)]
    return variable && byDefault && !value.startsWith('none') ? [[variable, byDefault]] : []
  })

  it.each(defaults)('is right about the default of %s: %s', (name, value) => {
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
