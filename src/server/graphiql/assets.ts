import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { StaticContent } from '../http/static-content.ts'

/** What the page needs beside itself. Names hold a hash of the content, which so never changes. */
export interface Assets {
  /** The style of what is shown before anything else has come, as text. */
  readonly firstStyle: string
  readonly style: string
  readonly script: string
  /** The one of the page's own modules that needs no other script, so that it runs at once. */
  readonly firstModule: string
  /** All of them, in the order of their imports: the last one starts all. */
  readonly modules: readonly string[]
  /** By what the editor calls them. */
  readonly workers: Readonly<Record<'editorWorkerService' | 'graphql' | 'json', string>>
  /** By such a name. */
  readonly contents: ReadonlyMap<string, StaticContent>
}

/** Whether a name is formed as those of assets are. */
export const isAssetName = (name: string): boolean => /^[a-z-]+\.[\w-]{22}\.(?:css|js)$/.test(name)

export async function loadAssets(): Promise<Assets> {
  const [
    { css, js, editorWorkerService, graphqlWorker, jsonWorker },
    firstStyle,
    narrowStyle,
    pageStyle,
    before,
  ] = await Promise.all([
    readPackage(),
    readOwn('first.css'),
    readOwn('narrow.css'),
    readOwn('page.css'),
    readOwn('before.js'),
  ])
  const contents = new Map<string, StaticContent>()
  const add = (stem: string, type: keyof typeof TYPES, ...parts: Uint8Array[]) => {
    const content = new StaticContent(Buffer.concat(parts), headersOf(type))
    const name = `${stem}.${content.hash}.${type}`
    contents.set(name, content)
    return name
  }
  return {
    firstStyle: Buffer.concat([firstStyle, narrowStyle]).toString(),
    style: add('graphiql', 'css', css, pageStyle),
    script: add('graphiql', 'js', before, Buffer.from(';'), js),
    ...(await addModules((stem, text) => add(stem, 'js', Buffer.from(text)))),
    workers: {
      editorWorkerService: add('editor-worker', 'js', editorWorkerService),
      graphql: add('graphql-worker', 'js', graphqlWorker),
      json: add('json-worker', 'js', jsonWorker),
    },
    contents,
  }
}

/** Each after those that it imports. The last one is the page's own. */
const MODULES = [
  'storage',
  'answers',
  'first-answer',
  'editors',
  'panes',
  'search',
  'cost-line',
  'page',
]

/** Adds the page's own modules, with the names under which they are served in their imports. */
async function addModules(
  add: (stem: string, text: string) => string,
): Promise<Pick<Assets, 'firstModule' | 'modules'>> {
  const texts = await Promise.all(MODULES.map(stem => readOwn(`${stem}.js`)))
  const names = new Map<string, string>()
  for (const [at, stem] of MODULES.entries()) {
    const text = String(texts[at]).replace(
      /(?<= from '\.\/)([\w-]+)\.js(?='$)/gm,
      (file, imported) => names.get(imported) ?? file,
    )
    names.set(stem, add(stem, text))
  }
  return { firstModule: names.get('first-answer') ?? '', modules: [...names.values()] }
}

type PackageTexts = Readonly<
  Record<'css' | 'js' | 'editorWorkerService' | 'graphqlWorker' | 'jsonWorker', Uint8Array>
>

async function readPackage(): Promise<PackageTexts> {
  const thread = new Worker(new URL('assets-thread.ts', import.meta.url))
  const [texts] = await once(thread, 'message')
  return texts
}

const readOwn = (file: string) => readFile(new URL(`browser/${file}`, import.meta.url))

const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' }

const headersOf = (type: keyof typeof TYPES) => ({
  'Content-Type': TYPES[type],
  // The same for everyone, and nothing of anyone's: proxies may keep it too.
  'Cache-Control': 'public, max-age=31536000, immutable',
  Vary: 'Accept-Encoding',
})
