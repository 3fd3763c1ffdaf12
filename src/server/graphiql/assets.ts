import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { StaticContent } from '../http/static-content.ts'

/** What the page needs beside itself. Names hold a hash of the content, which so never changes. */
export interface Assets {
  readonly style: string
  readonly script: string
  /** By what the editor calls them. */
  readonly workers: Readonly<Record<'editorWorkerService' | 'graphql' | 'json', string>>
  /** By such a name. */
  readonly contents: ReadonlyMap<string, StaticContent>
}

/** Whether a name is formed as those of assets are. */
export const isAssetName = (name: string): boolean => /^[a-z-]+\.[\w-]{22}\.(?:css|js)$/.test(name)

export async function loadAssets(): Promise<Assets> {
  const [{ css, js, editorWorkerService, graphqlWorker, jsonWorker }, ownCss, ownJs] =
    await Promise.all([readPackage(), readOwn('page.css'), readOwn('page.js')])
  const contents = new Map<string, StaticContent>()
  const add = (stem: string, type: keyof typeof TYPES, ...parts: Uint8Array[]) => {
    const content = new StaticContent(Buffer.concat(parts), headersOf(type))
    const name = `${stem}.${content.hash}.${type}`
    contents.set(name, content)
    return name
  }
  return {
    style: add('graphiql', 'css', css, ownCss),
    script: add('graphiql', 'js', js, ownJs),
    workers: {
      editorWorkerService: add('editor-worker', 'js', editorWorkerService),
      graphql: add('graphql-worker', 'js', graphqlWorker),
      json: add('json-worker', 'js', jsonWorker),
    },
    contents,
  }
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
