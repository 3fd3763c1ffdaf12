import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startMain } from './main-process.ts'
import { writeManifest } from './manifest-file.ts'

describe('node src/main.ts does not start', () => {
  it('with an environment that is wrong, and says what is, but not how', async () => {
    await using main = startMain({ PORT: 'secret', CALLERS: 'secret', BANGWO8_PASSWORD: 'secret' })
    expect(await main.ended()).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        'The environment is not usable:',
        '  PORT: expected a whole number from 0 to 65535',
        '  CALLERS: expected passthrough, jwt or open',
        '  BANGWO8_ACCOUNT: expected beside the other one of account and password',
        '',
      ].join('\n'),
    })
  })

  it('in production without an upstream', async () => {
    await using main = startMain({ NODE_ENV: 'production' })
    const { code, stdout, stderr } = await main.ended()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('BANGWO8_URL: expected the upstream')
  })

  it('with a manifest that is none of its graph, and says which documents are wrong', async () => {
    await using manifest = await writeManifest({ a: '{ __typename }', b: '{ secret }', c: '{' })
    await using main = startMain({ DOCUMENTS_MANIFEST: manifest.path })
    expect(await main.ended()).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        'The environment is not usable:',
        '  DOCUMENTS_MANIFEST: expected documents of this graph; "b" is none, from line 1, column 3: Cannot query field "secret" on type "Query".',
        '  DOCUMENTS_MANIFEST: expected documents of this graph; "c" is none, from line 1, column 2: Syntax Error: Expected Name, found <EOF>.',
        '',
      ].join('\n'),
    })
  })

  it.each([
    ['/no/such/secret.json', 'expected a file that can be read, got ENOENT'],
    [tmpdir(), 'expected a file that can be read, got EISDIR'],
    [fileURLToPath(import.meta.url), 'expected JSON as client generators print it'],
  ])('with a manifest at %s', async (path, problem) => {
    await using main = startMain({ DOCUMENTS: 'trusted', DOCUMENTS_MANIFEST: path })
    const { code, stdout, stderr } = await main.ended()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`  DOCUMENTS_MANIFEST: ${problem}`)
    expect(stderr).not.toContain(path)
  })

  it.each(['PORT', 'METRICS_PORT'])('on a %s that is in use', async variable => {
    const server = createServer().listen(0, '127.0.0.1')
    await expect.poll(() => server.listening).toBe(true)
    const address = server.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    await using main = startMain({ [variable]: port })
    expect(await main.ended()).toEqual({
      code: 1,
      stdout: '',
      stderr: `Port ${port} of 127.0.0.1 is in use by another process: set ${variable} to a free one.\n`,
    })
    server.close()
  })
})
