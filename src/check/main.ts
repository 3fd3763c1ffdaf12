import { parseArgs } from 'node:util'
import { ConfigError, parseConfig } from '../config.ts'
import { basicAuthorization, UpstreamClient } from '../upstream/client.ts'
import { ask, askHidden } from './ask.ts'
import { check } from './check.ts'
import type { Finding } from './finding.ts'

const USAGE = `Looks at a real upstream with an account, by at most 12 calls, one after the other.
It keeps nothing, and prints no value of the data.

Usage: BANGWO8_URL=https://www.bangwo8.com npm run check -- [options]

  --json   one line of JSON for each finding
  --help   prints this

Account and password are BANGWO8_ACCOUNT and BANGWO8_PASSWORD, or are asked for.
Ends with 0 if the gateway can work with it, 1 if not, 2 if it could not be asked.
`

/** A problem of the one who asks, not of the upstream. */
class UsageError extends Error {}

/** The environment, with what it lacks asked for on the terminal. */
async function completeEnvironment() {
  const { BANGWO8_URL, BANGWO8_ACCOUNT, BANGWO8_PASSWORD } = process.env
  if (!BANGWO8_URL) throw new UsageError('Expected the upstream in BANGWO8_URL, got none.')
  if ((!BANGWO8_ACCOUNT || !BANGWO8_PASSWORD) && !process.stdin.isTTY)
    throw new UsageError(
      'Expected BANGWO8_ACCOUNT and BANGWO8_PASSWORD, or a terminal to ask for them.',
    )
  return {
    ...process.env,
    BANGWO8_ACCOUNT: BANGWO8_ACCOUNT || (await ask('Account')),
    BANGWO8_PASSWORD: BANGWO8_PASSWORD || (await askHidden('Password')),
  }
}

async function findings(): Promise<AsyncGenerator<Finding>> {
  const {
    url = '',
    serviceAccount,
    limits,
    proxies,
  } = parseConfig(await completeEnvironment()).upstream
  if (!serviceAccount) throw new UsageError('Expected an account and its password, got neither.')
  const { account, password } = serviceAccount
  // What is asked twice would not show what fails now and then.
  const client = new UpstreamClient({ origin: url, limits: { ...limits, maxAttempts: 1 }, proxies })
  return check({ client, url, authorization: basicAuthorization(account, password.reveal()) })
}

const MARKS = { ok: 'ok  ', note: 'note', fail: 'FAIL', unknown: '?   ' } as const

const lineOf = ({ name, verdict, says }: Finding) =>
  `${MARKS[verdict]}  ${name.padEnd(18)}  ${says}\n`

const ALL_THERE = '\nAll that the gateway asks for can be had.\n'
const NOT_ALL_THERE = '\nNot all that the gateway asks for can be had: see FAIL.\n'

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  let isFine = true
  for await (const found of await findings()) {
    isFine &&= found.verdict !== 'fail'
    process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : lineOf(found))
  }
  if (!values.json) process.stdout.write(isFine ? ALL_THERE : NOT_ALL_THERE)
  return isFine ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  const isOfEnvironment = error instanceof ConfigError || error instanceof UsageError
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  if (isOfEnvironment) process.stderr.write(`\n${USAGE}`)
  process.exitCode = 2
}
