import { FAULTS, sometimes } from './odd/faults.ts'
import { NAMED_ODDITIES, type NamedOddity, optionsOf } from './odd/named-oddities.ts'
import type { EmulatorOptions } from './options.ts'

type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_PORT = 4001
const GREATEST_PORT = 65_535

const NUMBERS = [
  ['EMULATOR_PORT', 'port', 0],
  ['EMULATOR_SEED', 'seed', 0],
  ['EMULATOR_RECORDS', 'recordCount', 0],
  ['EMULATOR_DAYS', 'days', 1],
  ['EMULATOR_MAX_PER_PAGE', 'maxPerPage', 1],
  ['EMULATOR_LATENCY_MS', 'latencyMs', 0],
] as const satisfies readonly (readonly [string, keyof EmulatorOptions, number])[]

/** The options of a stand-alone run. Throws an Error that names the variable it cannot use. */
export function readEnvironment(environment: Environment): EmulatorOptions {
  const numbers = NUMBERS.flatMap(([variable, option, least]) => {
    const text = environment[variable]
    return text ? [[option, wholeNumber(variable, text, least)]] : []
  })
  const host = environment.EMULATOR_HOST
  const order = environment.EMULATOR_ORDER
  const oddities = readOddities(environment)
  return {
    port: DEFAULT_PORT,
    ...Object.fromEntries(numbers),
    ...(host ? { host } : {}),
    ...(order ? { order: orderOf(order) } : {}),
    ...optionsOf(oddities, readFaults(environment)),
  }
}

/**
 * Faults and their shares of all answers, such as `stall=0.02,status-500=0.1`. Throws an Error that
 * lists all names if one is unknown, or if a share is none.
 */
function readFaults({ EMULATOR_FAULTS: text, EMULATOR_SEED: seed = '1' }: Environment) {
  const named = (text?.split(',') ?? []).filter(Boolean).map(part => {
    const [, name = '', share = ''] = /^\s*([\w-]+)=(0?\.\d{1,9}|1)\s*$/.exec(part) ?? []
    if (Object.hasOwn(FAULTS, name)) return [name, Number(share)] as const
    const all = Object.keys(FAULTS).join(', ')
    throw new Error(
      `EMULATOR_FAULTS must be names with shares, such as stall=0.02, of ${all}, got "${part}"`,
    )
  })
  return named.length > 0 ? sometimes(Number(seed), Object.fromEntries(named)) : undefined
}

/** The oddities that are named. Throws an Error that lists all names where one is unknown. */
export function readOddities(environment: Environment): NamedOddity[] {
  const names = environment.EMULATOR_ODDITIES?.split(',') ?? []
  return names.filter(Boolean).map(name => {
    const oddity = NAMED_ODDITIES[name.trim()]
    if (oddity) return oddity
    const all = Object.keys(NAMED_ODDITIES).join(', ')
    throw new Error(`EMULATOR_ODDITIES must be some of ${all}, got "${name}"`)
  })
}

function wholeNumber(variable: string, text: string, least: number): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
  const most = variable === 'EMULATOR_PORT' ? GREATEST_PORT : Number.MAX_SAFE_INTEGER
  if (value >= least && value <= most) return value
  throw new Error(`${variable} must be a whole number of at least ${least}, got "${text}"`)
}

function orderOf(text: string): 'ascending' | 'descending' {
  if (text === 'ascending' || text === 'descending') return text
  throw new Error(`EMULATOR_ORDER must be ascending or descending, got "${text}"`)
}
