import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Import {
  /** What is imported: a file of src such as `history/cursor.ts`, or a package. */
  readonly target: string
  readonly isOfSource: boolean
  readonly isTypeOnly: boolean
  readonly isDynamic: boolean
}

interface SourceFile {
  /** Below src, such as `history/cursor.ts`. */
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
}

export const readRepositoryFile = (path: string) => readFileSync(posix.join(ROOT, path), 'utf8')

const STATIC = /^(?:import|export)\s(?:(?<what>[^'"]*?)\sfrom\s+)?['"](?<from>[^'"]+)['"]/gms
const DYNAMIC = /\bimport\(\s*['"](?<from>[^'"]+)['"]/g

export const sourceFiles: readonly SourceFile[] = globSync(['src/**/*.ts', 'src/*.js'], {
  cwd: ROOT,
}).map(file => {
  const path = file.replaceAll('\\', '/').replace('src/', '')
  const text = readRepositoryFile(file)
  return { path, text, imports: importsOf(path, text) }
})

/** The folder right below src, or the file itself where it is in none. */
export const roomOf = (path: string) => path.split('/')[0] ?? path

function importsOf(path: string, text: string): Import[] {
  const fixed = [...text.matchAll(STATIC)].map(({ groups: { what = '', from = '' } = {} }) =>
    toImport(path, from, isTypeOnly(what), false),
  )
  const dynamic = [...text.matchAll(DYNAMIC)].map(({ groups: { from = '' } = {} }) =>
    toImport(path, from, false, true),
  )
  return [...fixed, ...dynamic]
}

function toImport(path: string, from: string, isTypeOnly: boolean, isDynamic: boolean): Import {
  const target = from.startsWith('.') ? posix.join(posix.dirname(path), from) : from
  // Not package.json, which lies beside src.
  const isOfSource = from.startsWith('.') && !target.startsWith('..')
  return { target, isOfSource, isTypeOnly, isDynamic }
}

/** `type { … }`, or braces in which every name is a type. */
function isTypeOnly(what: string): boolean {
  if (/^type\s/.test(what)) return true
  const [, names] = /^\{(.*)\}$/s.exec(what.trim()) ?? []
  const parts = names?.split(',').map(name => name.trim())
  return parts?.every(name => name === '' || name.startsWith('type ')) ?? false
}
