import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readDocumentManifest } from '../src/server/documents/manifest.ts'
import { lastWeek } from './last-week.ts'
import { startTestedGateway } from './server/gateway.ts'

// The weekly report of the example app, with all that it needs: npm run report -- [FROM TO]

const APP = fileURLToPath(new URL('consumer/', import.meta.url))

/** Runs npm for the app, without a word unless it fails. */
const npm = (...args: readonly string[]) => execFileSync('npm', args, { cwd: APP, stdio: 'pipe' })

async function printReport(days: readonly string[], url: string): Promise<number> {
  const env = { ...process.env, GATEWAY_URL: url }
  const app = spawn(process.execPath, ['src/main.ts', ...days], { cwd: APP, env, stdio: 'inherit' })
  const [code] = await once(app, 'exit')
  return Number(code ?? 1)
}

/** A gateway with made-up data, which runs nothing but the app's documents. */
async function startGateway(now: Date) {
  const manifest = await readDocumentManifest([`${APP}generated/persisted-documents.json`])
  return startTestedGateway({ emulator: { now }, documents: { manifest, onlyTrusted: true } })
}

const args = process.argv.slice(2)
const now = new Date()
const { GATEWAY_URL } = process.env
if (!existsSync(`${APP}node_modules`)) npm('ci')
npm('run', '--silent', 'generate')
await using gateway = GATEWAY_URL ? undefined : await startGateway(now)
process.exitCode = await printReport(
  args.length > 0 ? args : lastWeek(now),
  GATEWAY_URL ?? gateway?.url ?? '',
)
