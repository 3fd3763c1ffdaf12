import { parseArgs } from 'node:util'
import { START_OPTIONS } from './child.ts'

export interface Options {
  /** Of one measured load. */
  readonly seconds: number
  readonly warmUpSeconds: number
  readonly connections: number
  /** Loads of each server for each operation, by turns. */
  readonly rounds: number
  /** The process that is measured; another working copy's, to compare. */
  readonly gateway: string
  /** Node's options for that process. */
  readonly gatewayOptions: readonly string[]
  /** Where CPU profiles are written, if any are wanted. */
  readonly profileFolder: string | undefined
  /** Only the operations whose names begin so. */
  readonly only: string
  /** Whether the hand-written client is asked as the gateway is: by POST, with a body of JSON. */
  readonly byPost: boolean
  readonly json: boolean
  readonly part: Part
}

const PARTS = [
  'all',
  'starts',
  'scale',
  'statistics',
  'compression',
  'page',
  'warm',
  'safety',
] as const

/** What is measured: the operations, the starts and the scale, or only this. */
type Part = (typeof PARTS)[number]

export const USAGE = `npm run bench -- [options]
  --seconds N      of one measured load (5)
  --warm-up N      seconds of load before (3)
  --connections N  requests at once (10)
  --rounds N       measured loads of each server, by turns (3)
  --only NAME      only operations whose names begin so; no start times, no scale table
  --starts         only the time from start to first answer
  --scale          only the scale table
  --statistics     only what it takes to add up the records of a year
  --compression    only what compressing answers costs and saves
  --warm           only operations of which all is held, beside a static file
  --safety         only what it costs to know callers, and to record what they read
  --page           only how GraphiQL loads in Chromium
  --by-post        ask the hand-written client by POST too, not only for { __typename }
  --json           as JSON
  --gateway FILE   another gateway's src/main.ts
  --gateway-options OPTIONS  of Node, in place of those of npm start
  --profile DIR    writes CPU profiles there
`

/** Throws an Error that names the option it cannot use. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '5' },
      'warm-up': { type: 'string', default: '3' },
      connections: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
      gateway: { type: 'string', default: 'src/main.ts' },
      'gateway-options': { type: 'string', default: START_OPTIONS.join(' ') },
      profile: { type: 'string' },
      starts: { type: 'boolean', default: false },
      scale: { type: 'boolean', default: false },
      statistics: { type: 'boolean', default: false },
      compression: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      warm: { type: 'boolean', default: false },
      safety: { type: 'boolean', default: false },
      'by-post': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  return {
    seconds: within('seconds', values.seconds, 60),
    warmUpSeconds: within('warm-up', values['warm-up'], 60),
    connections: within('connections', values.connections, 100),
    rounds: within('rounds', values.rounds, 20),
    gateway: values.gateway,
    gatewayOptions: values['gateway-options'].split(' ').filter(Boolean),
    profileFolder: values.profile,
    only: values.only,
    byPost: values['by-post'],
    json: values.json,
    part: PARTS.find(part => part !== 'all' && values[part]) ?? 'all',
  }
}

function within(name: string, text: string, most: number): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= most) return value
  throw new Error(`--${name} must be a whole number from 1 to ${most}, got "${text}"`)
}
