import { globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Environment, parseConfig } from '../src/config.ts'
import { SECRET_FILE_VARIABLES } from '../src/variables/secret-files.ts'
import { ACCOUNT, problemsOf } from './environments.ts'
import { namesIn, pathTo } from './repository/repository.ts'

describe('a secret', () => {
  const { serviceAccount } = parseConfig(ACCOUNT).upstream

  it('is what the environment says', () => {
    expect(serviceAccount?.password.reveal()).toBe(ACCOUNT.BANGWO8_PASSWORD)
  })

  it('shows itself in no message, no JSON and no view of a debugger', () => {
    const config = parseConfig(ACCOUNT)
    const seen = [
      `${config.upstream.serviceAccount?.password}`,
      JSON.stringify(config),
      inspect(config, { depth: null, showHidden: true }),
      format('%s %o %j', config, config, config),
    ]
    expect(seen.join()).not.toContain('pass:word')
    expect(seen.filter(text => !text.includes('[redacted]'))).toEqual([])
    expect(Object.keys(serviceAccount?.password ?? {})).toEqual([])
  })

  describe('may be in a file', () => {
    let folder: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'secrets-'))
    })
    afterAll(() => rm(folder, { recursive: true }))

    const environmentWith = async (content: string, more: Environment = {}) => {
      const path = join(folder, 'canary-of-the-path')
      await writeFile(path, content)
      const { BANGWO8_ACCOUNT } = ACCOUNT
      return { BANGWO8_ACCOUNT, BANGWO8_PASSWORD_FILE: path, ...more }
    }

    it.each(['of the file', 'of the file\n', 'of the file\r\n', '\ufeffof the file\n'])(
      '%j',
      async content => {
        const { upstream } = parseConfig(await environmentWith(content))
        expect(upstream.serviceAccount?.password.reveal()).toBe('of the file')
      },
    )

    it('whichever it is', async () => {
      const sources = globSync('src/{config,variables/*}.ts', { cwd: pathTo('') })
      const secrets = sources.flatMap(path =>
        namesIn(path, /^ {2}([A-Z0-9_]+): (?:(?!\n {2}[A-Z])[\s\S])*?new Secret\(/gm),
      )
      expect(secrets.toSorted()).toEqual([
        ...['AUDIT_KEY', 'BANGWO8_PASSWORD', 'CACHE_KEY_SECRET', 'REDIS_URL'],
      ])
      expect(SECRET_FILE_VARIABLES.toSorted()).toEqual(
        secrets.toSorted().map(name => `${name}_FILE`),
      )
    })

    it('but not in both', async () => {
      const problems = problemsOf(await environmentWith('x', { BANGWO8_PASSWORD: 'y' }))
      expect(problems).toEqual(['BANGWO8_PASSWORD_FILE: expected nothing beside BANGWO8_PASSWORD'])
    })

    it.each<[string, Environment]>([
      ['is empty', {}],
      ['is not there', { BANGWO8_PASSWORD_FILE: '/nowhere/canary-of-the-path' }],
      ['is a folder', { BANGWO8_PASSWORD_FILE: tmpdir() }],
      ['has no end', { BANGWO8_PASSWORD_FILE: '/dev/zero' }],
      ['is no text', { BANGWO8_PASSWORD_FILE: process.execPath }],
    ])('which must not be one that %s', async (_, more) => {
      const problems = problemsOf(await environmentWith('', more))
      expect(problems).toEqual([
        'BANGWO8_PASSWORD_FILE: expected a file that can be read, with a secret in it',
      ])
      expect(problems.join()).not.toMatch(/canary|tmp/)
    })

    it('which must hold what the variable might', async () => {
      expect(problemsOf(await environmentWith('two\nlines'))).toEqual([
        'BANGWO8_PASSWORD: expected a password without control characters',
      ])
    })
  })
})
