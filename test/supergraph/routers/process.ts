import { readFileSync } from 'node:fs'

/**
 * The caller's headers that go on to a subgraph. The account is one of Bangwo8, so none but the
 * gateway gets it.
 */
export const forwardedTo = (subgraph: string): readonly string[] =>
  subgraph === 'remote-assistance' ? ['authorization', 'x-request-id'] : ['x-request-id']

interface RouterArguments {
  /** Its SDL. */
  readonly supergraph: string
  readonly port: number
  /** What a browser is shown, as HTML. */
  readonly page: string | undefined
}

/** Reads what a router's command says: `SUPERGRAPH.graphql PORT [PAGE.html]`. */
export function readArguments(): RouterArguments {
  const [supergraphFile = '', port, pageFile] = process.argv.slice(2)
  return {
    supergraph: readFileSync(supergraphFile, 'utf8'),
    port: Number(port),
    page: pageFile === undefined ? undefined : readFileSync(pageFile, 'utf8'),
  }
}

/**
 * Says where the router listens, to its reader and to the process that started it. Stops it at a
 * signal, and when that process is there no more.
 */
export function runUntilTold(url: string, stop: () => Promise<unknown>): void {
  process.stdout.write(`The router listens at ${url}\n`)
  process.send?.(url)
  let isStopping = false
  const end = async () => {
    if (isStopping) return
    isStopping = true
    await stop()
    if (process.connected) process.disconnect?.()
  }
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(event, end)
}
