import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The absolute path of a file of the repository. */
export const pathTo = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export const readText = (path: string) => readFileSync(path, 'utf8')

/** The names in a source file that a pattern's group finds. */
export const namesIn = (path: string, pattern: RegExp): string[] =>
  [...readText(pathTo(path)).matchAll(pattern)].map(([, name = '']) => name)
