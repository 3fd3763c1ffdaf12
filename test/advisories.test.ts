import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { pathTo } from './repository/repository.ts'

const folder = mkdtempSync(join(tmpdir(), 'advisories-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs it with a shell script in place of npm. */
function runWith(npm: string) {
  const program = join(folder, 'npm')
  writeFileSync(program, `#!/bin/sh\n${npm}\n`)
  chmodSync(program, 0o755)
  const env = { PATH: [folder, process.env.PATH].join(delimiter) }
  const { promise, resolve } = Promise.withResolvers<{ code: number; output: string }>()
  execFile(process.execPath, [pathTo('test/advisories.ts')], { env }, (error, stdout, stderr) =>
    resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
  )
  return promise
}

const says = (report: object, code: number) => `echo '${JSON.stringify(report)}'; exit ${code}`
const found = (severity: string) =>
  says({ auditReportVersion: 2, vulnerabilities: { undici: { severity } } }, 1)

it('passes if nothing is known', async () => {
  const { code, output } = await runWith(
    says({ auditReportVersion: 2, vulnerabilities: {}, metadata: {} }, 0),
  )
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^0 packages/) })
})

it.each(['high', 'critical'])('fails if something %s is known, and names it', async severity => {
  const { code, output } = await runWith(found(severity))
  expect(code).toBe(1)
  expect(output).toContain(`undici: ${severity}\n1 packages`)
})

it('passes if what is known is less grave', async () => {
  expect((await runWith(found('moderate'))).code).toBe(0)
})

it('passes if the registry cannot be asked, and says so', async () => {
  const { code, output } = await runWith(says({ message: '405 Method Not Allowed' }, 1))
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^The registry/) })
})

it('asks about what production needs alone', async () => {
  const asked = says({ vulnerabilities: {} }, 0)
  const { output } = await runWith(`[ "$*" = "audit --omit=dev --json" ] || exit 2; ${asked}`)
  expect(output).toMatch(/^0 packages/)
})
