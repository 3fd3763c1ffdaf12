import packageLock from '../../package-lock.json' with { type: 'json' }

/** A package as package-lock.json has it. */
interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
}

type Locked = Omit<LockedPackage, 'name'>

export const lockedPackages: readonly LockedPackage[] = (
  Object.entries(packageLock.packages) as [string, Locked][]
)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ ...locked, name: path.replace(/^.*node_modules\//, '') }))

export const productionPackages = lockedPackages.filter(({ dev }) => !dev)
