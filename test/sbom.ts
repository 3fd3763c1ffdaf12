import { execFileSync } from 'node:child_process'
import { productionPackages } from './repository/locked-packages.ts'
import { pathTo } from './repository/repository.ts'

/** What of SPDX 2.3 is looked at. */
interface Bill {
  readonly documentDescribes: readonly string[]
  readonly packages: readonly {
    readonly SPDXID: string
    readonly name: string
    readonly versionInfo: string
  }[]
  readonly relationships: readonly {
    readonly spdxElementId: string
    readonly relatedSpdxElement: string
  }[]
}

/**
 * Prints what production consists of. npm knows, but its `--omit dev` leaves out what development
 * needs as well, so that all is printed and then chosen from.
 */
const command = ['sbom', '--package-lock-only', '--sbom-type=application', '--sbom-format=spdx']
const printed = execFileSync('npm', command, { cwd: pathTo(''), encoding: 'utf8' })
const bill: Bill = JSON.parse(printed)

const chosen = new Set(productionPackages.map(({ name, version }) => `${name}@${version}`))
const packages = bill.packages.filter(
  ({ SPDXID, name, versionInfo }) =>
    bill.documentDescribes.includes(SPDXID) || chosen.has(`${name}@${versionInfo}`),
)
const ids = new Set(['SPDXRef-DOCUMENT', ...packages.map(({ SPDXID }) => SPDXID)])
const relationships = bill.relationships.filter(
  ({ spdxElementId, relatedSpdxElement }) => ids.has(spdxElementId) && ids.has(relatedSpdxElement),
)
process.stdout.write(`${JSON.stringify({ ...bill, packages, relationships }, null, 2)}\n`)
