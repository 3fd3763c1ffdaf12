import { parentPort } from 'node:worker_threads'
import {
  css,
  editorWorkerService,
  graphqlWorker,
  js,
  jsonWorker,
} from '@graphql-yoga/render-graphiql/graphiql'

// Reads nine megabytes of text, which takes a tenth of a second: in a thread of its own, so that no
// request waits meanwhile, and the memory of the text is free once the thread has ended.
const texts = { css: withoutOtherFonts(css), js, editorWorkerService, graphqlWorker, jsonWorker }
const bytes = Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)])
parentPort?.postMessage(Object.fromEntries(bytes))

/**
 * Half of the style are fonts for scripts that no text here is in, such as Cyrillic, a slanted one for
 * each, and one that is there twice. A browser would draw them all the same, by fonts of its own.
 */
function withoutOtherFonts(style: string): string {
  const seen = new Set<string>()
  return style.replace(/@font-face\s*\{[^}]*\}/g, face => {
    const [font = ''] = /url\([^)]*\)/.exec(face) ?? []
    const isOther =
      /unicode-range:(?!U\+0000-00FF)/.test(face) || face.includes('font-style:italic')
    if (isOther || seen.has(font)) return ''
    seen.add(font)
    return face
  })
}
