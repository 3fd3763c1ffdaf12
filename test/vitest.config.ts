import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { closingLine } from './closing-line.ts'

/** They have a package of their own; test/clients.test.ts says so where it is not installed. */
const areClientsInstalled = existsSync(new URL('clients/node_modules', import.meta.url))

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Vite would resolve our own `graphql` to its ES module and Pothos's to CommonJS: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(areClientsInstalled ? [] : ['test/clients/**'])],
    setupFiles: ['test/property-seed.ts'],
    pool: 'threads',
    // They only end what hangs: a busy machine takes its time, a browser on it above all.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', closingLine()],
  },
})
