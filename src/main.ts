import './keep-compiled.js'
import { VERSION } from './version.ts'

if (process.argv.includes('--version')) process.stdout.write(`${VERSION}\n`)
else await import('./process.ts')
