import { parseArgs } from 'node:util'
import { ROUTER_NAMES, type RouterName } from './router.ts'

export interface Options {
  readonly router: RouterName
  /** The router's; all others take any free one. 0: so does it. */
  readonly port: number
}

const USAGE = 'npm run supergraph -- [--router hive|apollo] [--port NUMBER]'

const DEFAULTS = { router: 'hive', port: process.env.PORT ?? '4010' } as const

/** Throws an Error that says how it is used. */
export function readOptions(args: readonly string[]): Options {
  const { router, port } = parse(args)
  const name = ROUTER_NAMES.find(each => each === router)
  if (name === undefined || !/^[0-9]{1,5}$/.test(port)) throw new Error(`Usage: ${USAGE}`)
  return { router: name, port: Number(port) }
}

function parse(args: readonly string[]) {
  const option = (byDefault: string) => ({ type: 'string', default: byDefault }) as const
  const options = { router: option(DEFAULTS.router), port: option(DEFAULTS.port) }
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    throw new Error(`Usage: ${USAGE}`, { cause })
  }
}
