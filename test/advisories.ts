import { execFileSync } from 'node:child_process'

interface Audit {
  /** Undefined if the registry did not answer. */
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>
}

/** Asks the registry whether something is known against a package that production needs. */
function audit(): Audit {
  const command = ['audit', '--omit=dev', '--json']
  try {
    return JSON.parse(execFileSync('npm', command, { encoding: 'utf8', stdio: 'pipe' }))
  } catch (error) {
    // It ends with 1 if it found something, and if it could not ask.
    return JSON.parse((error as { readonly stdout: string }).stdout)
  }
}

const { vulnerabilities } = audit()
const grave = Object.entries(vulnerabilities ?? {}).filter(([, { severity }]) =>
  ['high', 'critical'].includes(severity),
)
for (const [name, { severity }] of grave) process.stdout.write(`${name}: ${severity}\n`)
process.stdout.write(
  vulnerabilities
    ? `${grave.length} packages of production have an advisory that is high or critical.\n`
    : 'The registry says nothing of advisories. A test knows the oldest versions that may be used.\n',
)
if (grave.length > 0) process.exitCode = 1
