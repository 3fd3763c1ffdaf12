import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// The next start finds this one's code compiled, and takes half as long. The folder is the program's
// own, since whoever writes into it decides what runs. If it cannot be written, nothing is kept.
enableCompileCache({
  directory: fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)),
})

await import('./process.ts')
