import { once } from 'node:events'
import { freePort } from '../free-port.ts'
import { startTestedGateway } from '../server/gateway.ts'
import { announcement } from './announcement.ts'
import { startCrm } from './crm.ts'
import { type Options, readOptions } from './options.ts'
import { renderPage } from './page.ts'
import { areRoutersInstalled, HOW_TO_INSTALL, startRouter } from './router.ts'
import { startStaff } from './staff.ts'
import { composeSupergraph } from './supergraph.ts'

// The company's whole graph to look at: emulator, gateway, two neighbours, and a router before them.

try {
  await runUntilTold(readOptions(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}

async function runUntilTold({ router: routerName, port: wantedPort }: Options): Promise<void> {
  if (!areRoutersInstalled()) throw new Error(HOW_TO_INSTALL)
  const port = await freePort(wantedPort).catch(cause => {
    throw new Error(`Port ${wantedPort} is in use: choose another one with --port.`, { cause })
  })
  await using started = new AsyncDisposableStack()
  const gateway = started.use(await startTestedGateway({ emulator: { now: () => new Date() } }))
  const neighbours = [started.use(await startCrm()), started.use(await startStaff())]
  const supergraph = composeSupergraph(routerName, gateway.url, neighbours)
  const page = renderPage()
  const router = started.use(await startRouter(routerName, { supergraph, page, port }))
  process.stdout.write(announcement({ routerName, router, gateway, neighbours }))
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), router.ended])
}
