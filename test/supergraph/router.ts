import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../bench/child.ts'

export const ROUTER_NAMES = ['apollo', 'hive'] as const
/** @apollo/gateway, or Hive Gateway. */
export type RouterName = (typeof ROUTER_NAMES)[number]

const FOLDER = fileURLToPath(new URL('routers', import.meta.url))

export const areRoutersInstalled = (): boolean => existsSync(join(FOLDER, 'node_modules'))

/** What to say where they are not. */
export const HOW_TO_INSTALL = 'routers not installed: npm ci --prefix test/supergraph/routers'

interface RouterOptions {
  readonly supergraph: string
  /** Default 0: any free port. */
  readonly port?: number
  /** What a browser is shown, as HTML. Default: nothing. */
  readonly page?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** A router in a process of its own, ended with its disposal, and with this process. */
interface Router extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Rejects when it ends by itself, with the last that it said. */
  readonly ended: Promise<never>
}

/** Resolves once the router listens. */
export async function startRouter(name: RouterName, options: RouterOptions): Promise<Router> {
  const { supergraph, port = 0, page, environment = {} } = options
  const folder = await mkdtemp(join(tmpdir(), 'router-'))
  const file = async (fileName: string, text: string) => {
    await writeFile(join(folder, fileName), text)
    return join(folder, fileName)
  }
  const child = startChild({
    args: [
      join(FOLDER, `${name}.ts`),
      await file('supergraph.graphql', supergraph),
      String(port),
      ...(page === undefined ? [] : [await file('page.html', page)]),
    ],
    environment,
    hasChannel: true,
  })
  const dispose = async () => {
    await child[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  }
  try {
    const [url] = (await Promise.race([once(child.process, 'message'), child.ended])) as [string]
    return { url, pid: child.pid, ended: child.ended, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}
