import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { closingLine } from './closing-line.ts'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Vite would resolve our own `graphql` to its ES module and Pothos's to CommonJS: two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', closingLine()],
  },
})
