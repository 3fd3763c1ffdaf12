import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const CLIENTS = new URL('clients/', import.meta.url)
const areInstalled = existsSync(new URL('node_modules', CLIENTS))

// Their own tests are beside them, and cannot even be loaded without them.
it('the clients that apps use are installed, in the versions that their package names', ctx => {
  if (!areInstalled) ctx.skip('the clients are not installed: npm ci --prefix test/clients')
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, CLIENTS), 'utf8'))
  for (const [name, version] of Object.entries(read('package.json').devDependencies))
    expect(read(`node_modules/${name}/package.json`).version, name).toBe(version)
})
