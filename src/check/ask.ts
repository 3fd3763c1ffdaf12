import { createInterface } from 'node:readline/promises'
import type { ReadStream } from 'node:tty'

/** Asks on the terminal, on stderr, because stdout is the report's. */
export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question}: `)
  terminal.close()
  return answer
}

const ENTER = /[\r\n]/
const BACKSPACE = '\u007f'
const CTRL_C = '\u0003'

/** The same without showing what is typed. Rejects on Ctrl-C. */
export async function askHidden(question: string, input: ReadStream = process.stdin) {
  process.stderr.write(`${question}: `)
  input.setRawMode(true)
  input.setEncoding('utf8')
  let typed = ''
  try {
    for await (const text of input.iterator({ destroyOnReturn: false })) {
      for (const character of String(text)) {
        if (character === CTRL_C) throw new Error('Interrupted.')
        if (ENTER.test(character)) return typed
        typed = character === BACKSPACE ? typed.slice(0, -1) : typed + character
      }
    }
    return typed
  } finally {
    input.setRawMode(false)
    input.pause()
    process.stderr.write('\n')
  }
}
