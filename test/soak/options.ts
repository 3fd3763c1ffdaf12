import { parseArgs } from 'node:util'

export interface Options {
  readonly minutes: number
  /** Operations that begin in a second, whether others are answered or not. */
  readonly rate: number
  /** Which share of the upstream's answers fails at once, from 0 to 1. */
  readonly failures: number
  /** Which share never comes. */
  readonly stalls: number
  /** For how many seconds, amid the run, no call succeeds. */
  readonly outageSeconds: number
  /** The gateway's UPSTREAM_RETRY_PERCENT. */
  readonly retryPercent: number
  readonly accounts: number
  readonly seed: number
}

export const USAGE = `npm run soak -- [options]
  --minutes N   how long operations are asked (10)
  --rate N      operations that begin in a second (200)
  --failures N  share of the upstream's answers that fail at once, 0 to 1 (0.1)
  --stalls N    share that never comes, 0 to 1 (0.02)
  --outage N    seconds amid the run in which no call succeeds (0)
  --retries N   further attempts for each hundred calls, 0 to 100 (20, as the gateway's default)
  --accounts N  callers, each with an account of its own (50)
  --seed N      of all that is left to chance (1)
`

/** Throws an Error that names the option it cannot use. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      rate: { type: 'string', default: '200' },
      failures: { type: 'string', default: '0.1' },
      stalls: { type: 'string', default: '0.02' },
      outage: { type: 'string', default: '0' },
      retries: { type: 'string', default: '20' },
      accounts: { type: 'string', default: '50' },
      seed: { type: 'string', default: '1' },
    },
  })
  const numberOf = (name: keyof typeof values, least: number, most: number) => {
    const value = Number(values[name])
    if (value >= least && value <= most) return value
    throw new Error(`--${name} must be a number from ${least} to ${most}, got ${values[name]}`)
  }
  return {
    minutes: numberOf('minutes', 0.1, 1440),
    rate: numberOf('rate', 1, 10_000),
    failures: numberOf('failures', 0, 1),
    stalls: numberOf('stalls', 0, 1),
    outageSeconds: numberOf('outage', 0, 3600),
    retryPercent: numberOf('retries', 0, 100),
    accounts: numberOf('accounts', 1, 1000),
    seed: numberOf('seed', 0, 1e9),
  }
}
