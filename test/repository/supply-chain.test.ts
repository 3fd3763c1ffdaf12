import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { lockedPackages, productionPackages } from './locked-packages.ts'
import { pathTo } from './repository.ts'

/** The oldest versions without what is known against a package: https://github.com/advisories/… */
const FLOORS = [
  ['@apollo/federation-internals', '2.13.2', 'GHSA-pfjj-6f4p-rvmh'],
  ['graphql', '16.8.1', 'GHSA-9pv7-vfvm-6vr7'],
  ['jose', '4.15.5', 'GHSA-hhhv-q57g-882q'],
  ['undici', '8.10.2', 'GHSA-r53p-7pc4-xj5r'],
  ['uuid', '11.1.1', 'GHSA-w5hq-g745-h8pq'],
  ['zod', '3.22.3', 'GHSA-m95q-7qp3-xv42'],
] as const

const isAtLeast = (version: string, floor: string) =>
  version.localeCompare(floor, 'en', { numeric: true }) >= 0

describe('a package', () => {
  it.each(FLOORS)('%s is at least %s (%s)', (name, floor) => {
    const versions = lockedPackages.filter(each => each.name === name).map(each => each.version)
    expect(versions).not.toEqual([])
    expect(versions.filter(version => !isAtLeast(version, floor))).toEqual([])
  })

  it('is known by the hash of what it holds', () => {
    expect(lockedPackages.filter(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([])
  })

  it('of production runs nothing when it is installed', () => {
    expect(productionPackages.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([])
  })
})

interface Bill {
  readonly packages: readonly {
    readonly name: string
    readonly versionInfo: string
    readonly checksums?: readonly { readonly algorithm: string }[]
  }[]
}

it('the bill of materials has all that production needs, each with its hash, and nothing else', () => {
  const options = { cwd: pathTo(''), encoding: 'utf8' } as const
  const bill: Bill = JSON.parse(execFileSync('npm', ['run', '--silent', 'sbom'], options))
  const [own, ...others] = bill.packages
  expect(own?.name).toBe('bangwo8-graphql-gateway')
  const named = others.map(({ name, versionInfo }) => `${name}@${versionInfo}`)
  const locked = productionPackages.map(({ name, version }) => `${name}@${version}`)
  expect(new Set(named)).toEqual(new Set(locked))
  const hashes = others.map(({ checksums = [] }) => checksums.map(({ algorithm }) => algorithm))
  expect(hashes).toEqual(others.map(() => ['SHA512']))
})
