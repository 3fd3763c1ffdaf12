import { describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { FAULTS } from '../../src/emulator/odd/faults.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import { startHoldingGateway } from './holding-gateway.ts'

const LIST = '{ remoteRecords(first: 3) { nodes { csId } } }'
const MINUTE_MS = 60_000

/** A caller's own account was accepted, and then the upstream fails. */
async function startFailing(fault: 'reset' | 'unauthenticated' = 'reset') {
  const gateway = await startHoldingGateway({ sharedAccount: null })
  const askWith = async (password: string) => {
    const headers = { authorization: basicAuthorization(ADMINISTRATOR.account, password) }
    const { status, body } = await gateway.ask(LIST, { headers })
    return { status, data: body.data, code: body.errors?.[0]?.extensions.code }
  }
  const ask = () => askWith(ADMINISTRATOR.password)
  // The first answer of an account is what its answers are held under from then on.
  await ask()
  const { data } = await ask()
  gateway.emulator.oddities = { everywhere: { wire: FAULTS[fault].wire } }
  return Object.assign(gateway, { askWith, again: ask, data })
}

describe('in an outage', () => {
  it('an account of a caller is given what is held, though nobody says that it is still accepted', async () => {
    await using gateway = await startFailing()
    expect(gateway.data).toBeDefined()
    for (const minutes of [2, 5, 7]) {
      gateway.pass(minutes * MINUTE_MS)
      expect(await gateway.again()).toMatchObject({ data: gateway.data, code: undefined })
    }
  })

  it('so is none for longer than what is held may stand for failures', async () => {
    await using gateway = await startFailing()
    gateway.pass(16 * MINUTE_MS)
    expect((await gateway.again()).code).toBe('UPSTREAM_UNAVAILABLE')
  })

  it('so is none with another password', async () => {
    await using gateway = await startFailing()
    gateway.pass(2 * MINUTE_MS)
    expect((await gateway.askWith('guessed')).code).toBe('UPSTREAM_UNAVAILABLE')
  })
})

it('an account that is refused meanwhile is given nothing', async () => {
  await using gateway = await startFailing('unauthenticated')
  gateway.pass(2 * MINUTE_MS)
  expect((await gateway.again()).status).toBe(401)
})
