import { expect, it } from 'vitest'
import { startEmulator } from '../../../src/emulator/emulator.ts'
import { startDistortingProxy } from '../../distorting-proxy.ts'
import { NOW, startTestedGateway } from '../gateway.ts'

interface ListBody {
  readonly remoterecords: Record<string, unknown>[]
}

const QUERY = '{ remoteRecords(first: 5) { nodes { csId } } }'

it('leaves a row without csId out, and says so in the answer', async () => {
  const emulator = await startEmulator({ now: NOW })
  const proxy = await startDistortingProxy(
    emulator.url,
    ({ remoterecords, ...rest }: ListBody) => ({
      ...rest,
      remoterecords: remoterecords.map(({ csId, ...row }, at) =>
        at === 1 ? row : { csId, ...row },
      ),
    }),
  )
  await using gateway = await startTestedGateway({ upstreamUrl: proxy.url })

  const { body } = await gateway.ask(QUERY)

  expect(body.errors).toBeUndefined()
  expect(body.data).toEqual({
    remoteRecords: { nodes: ['2999', '2997', '2996', '2995', '2994'].map(csId => ({ csId })) },
  })
  expect(body.extensions).toEqual({ upstream: { omittedRows: 1 } })
  await proxy.close()
  await emulator.close()
})

it('says nothing where nothing was left out', async () => {
  await using gateway = await startTestedGateway()
  expect((await gateway.ask(QUERY)).body.extensions).toBeUndefined()
})
