import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { VERSION } from './version.ts'

// The next start finds this code compiled, and takes half as long. The folder belongs to the
// program alone, since whoever writes into it decides what runs. If it cannot be written, nothing
// is kept.
enableCompileCache({
  directory: fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)),
})

if (process.argv.includes('--version')) process.stdout.write(`${VERSION}\n`)
else await import('./process.ts')
