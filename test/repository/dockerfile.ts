import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** One instruction, its continued lines joined: `COPY` and `src src`. */
interface Instruction {
  readonly name: string
  readonly text: string
}

export function parseDockerfile(source: string): Instruction[] {
  const lines = source
    .replace(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
  return lines.flatMap(line => {
    const [, name, text] = /^(\S+)\s+(.+)$/.exec(line.trim()) ?? []
    return name !== undefined && text !== undefined ? [{ name, text }] : []
  })
}

export const textsOf = (instructions: readonly Instruction[], name: string): string[] =>
  instructions.filter(each => each.name === name).map(({ text }) => text)

/** The words of an instruction in exec form, such as `CMD ["node", "src/main.ts"]`. */
export const execForm = (text: string): string[] => JSON.parse(text.slice(text.indexOf('[')))

interface Copy {
  /** The stage that it copies from; undefined: the repository. */
  readonly stage: string | undefined
  readonly sources: readonly string[]
  readonly destination: string
}

export function parseCopy(text: string): Copy {
  const words = text.split(/\s+/)
  const stage = /^--from=(.+)$/.exec(words[0] ?? '')?.[1]
  const paths = stage === undefined ? words : words.slice(1)
  return { stage, sources: paths.slice(0, -1), destination: paths.at(-1) ?? '' }
}

/**
 * Does what the instructions say, each stage in a folder of its own below `root`. There is no
 * container: `run` is given each RUN's command and the folder that stands for the WORKDIR.
 * Returns the last stage's WORKDIR.
 */
export function build(
  instructions: readonly Instruction[],
  repository: string,
  root: string,
  run: (command: string, folder: string) => void,
): string {
  let stage = root
  let workdir = root
  const steps: Record<string, (text: string) => void> = {
    FROM(text) {
      stage = join(root, /\bAS (\w+)$/i.exec(text)?.[1] ?? 'last')
      workdir = stage
      mkdirSync(stage)
    },
    WORKDIR(text) {
      workdir = join(stage, text)
      mkdirSync(workdir, { recursive: true })
    },
    COPY(text) {
      const copy = parseCopy(text)
      for (const source of copy.sources) {
        const from = copy.stage === undefined ? repository : join(root, copy.stage)
        const into = copy.destination.endsWith('/')
          ? join(copy.destination, source)
          : copy.destination
        cpSync(join(from, source), join(workdir, into), { recursive: true })
      }
    },
    RUN: text => run(text, workdir),
  }
  for (const { name, text } of instructions) steps[name]?.(text)
  return workdir
}
