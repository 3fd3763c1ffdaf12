import { startEmulator } from '../../src/emulator/emulator.ts'
import { FAULTS, sometimes } from '../../src/emulator/odd/faults.ts'
import type { AnswerOddities } from '../../src/emulator/odd/oddities.ts'
import { accountName, stampOf } from './accounts.ts'
import type { Order } from './upstream.ts'

// The emulator in a process of its own. It gets its orders by IPC, and answers each with the number of
// calls that it has got so far.
let calls = 0

/** Every text that callers can see says for whom it was read. */
const stamped: AnswerOddities['body'] = (body, { account }) => {
  const stamp = stampOf(account ?? '')
  return JSON.parse(JSON.stringify(body), (key, value) =>
    STAMPED.has(key) && typeof value === 'string' ? value + stamp : value,
  )
}
const STAMPED = new Set(['companyName', 'note', 'msg', 'ticketTemplateName'])

const count = Number(process.argv[2])
const emulator = await startEmulator({
  now: new Date(),
  recordedCallLimit: 0,
  administrators: Array.from({ length: count }, (_, at) => accountName(at)),
  oddities: { everywhere: { body: stamped } },
  beforeAnswer() {
    calls += 1
  },
})

const wireOf = ({ seed, shares, isOut }: Order) =>
  isOut ? FAULTS.reset.wire : sometimes(seed, shares)

process.on('message', (order: Order | 'count') => {
  if (order !== 'count') emulator.oddities = { everywhere: { body: stamped, wire: wireOf(order) } }
  process.send?.(calls)
})
process.once('disconnect', () => emulator.close())
process.send?.(emulator.url)
