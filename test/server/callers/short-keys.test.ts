import { expect, it } from 'vitest'
import { startTestedGateway } from '../gateway.ts'
import { startIssuer } from './issuer.ts'

it('who brings a token is not to blame for a key of the issuer that is too short to be one', async () => {
  await using issuer = await startIssuer()
  await issuer.rotate('RS256')
  const short = { ...issuer.publicKey(), n: 'AQAB' }
  const sound = { ...issuer.publicKey(), kid: 'another' }
  const named = await issuer.token({ scope: 'record:read' })
  const unnamed = await issuer.token({ scope: 'record:read' }, { kid: undefined })

  async function answerFor(keys: readonly object[], token: string) {
    issuer.answerWith({ status: 200, body: JSON.stringify({ keys }) })
    await using gateway = await startTestedGateway({ jwt: issuer.expected })
    const { status, body } = await gateway.ask('{ remoteRecords(first: 1) { nodes { csId } } }', {
      headers: { authorization: `Bearer ${token}` },
    })
    const calls = gateway.emulator.callLines().length
    return { status, code: body.errors?.[0]?.extensions.code, calls }
  }

  const refusal = { status: 503, code: 'ISSUER_UNAVAILABLE', calls: 0 }
  expect(await answerFor([short], named)).toEqual(refusal)
  expect(await answerFor([short], unnamed)).toEqual(refusal)
  const answered = { status: 200, code: undefined, calls: 1 }
  expect(await answerFor([short, sound], unnamed)).toEqual(answered)
})
