import { createClient, NoAnswerError } from './client.ts'
import { report } from './report.ts'
import { parseDay } from './scalars.ts'
import { readServices } from './services.ts'

const [from = '', to = ''] = process.argv.slice(2)
const {
  GATEWAY_URL = 'http://127.0.0.1:4000/graphql',
  GATEWAY_ACCOUNT,
  RETRY_DELAY_MS,
} = process.env

const client = createClient({
  url: GATEWAY_URL,
  authorization: GATEWAY_ACCOUNT && `Basic ${Buffer.from(GATEWAY_ACCOUNT).toString('base64')}`,
  retryDelayMs: Number(RETRY_DELAY_MS ?? 500),
})

try {
  const days = { from: parseDay(from), to: parseDay(to) }
  process.stdout.write(report(days, await Array.fromAsync(readServices(client, days))))
} catch (error) {
  const isExpected = error instanceof NoAnswerError || error instanceof RangeError
  process.stderr.write(`${isExpected ? error.message : error}\n`)
  process.exitCode = 1
}
