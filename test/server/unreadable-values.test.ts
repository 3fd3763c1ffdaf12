import { expect, it } from 'vitest'
import { startEmulator } from '../../src/emulator/emulator.ts'
import { startDistortingProxy } from '../distorting-proxy.ts'
import { NOW, startTestedGateway } from './gateway.ts'

interface ListBody {
  readonly remoterecords: readonly Record<string, unknown>[]
}

interface SummaryBody {
  readonly data: { readonly serviceSummary: Readonly<Record<string, unknown>> }
}

/** The answer's parts if the first three records of the upstream's list have other values. */
async function ask(query: string, values: Record<string, unknown>) {
  const emulator = await startEmulator({ now: NOW })
  const proxy = await startDistortingProxy(emulator.url, (body: ListBody) => ({
    ...body,
    remoterecords: body.remoterecords.map((row, at) => (at < 3 ? { ...row, ...values } : row)),
  }))
  await using gateway = await startTestedGateway({ upstreamUrl: proxy.url })
  const { body } = await gateway.ask(query)
  await proxy.close()
  await emulator.close()
  return body
}

it('lists each field of which values could not be read, without being asked', async () => {
  const { data, errors, extensions } = await ask(
    '{ remoteRecords(first: 3) { nodes { price startedAt hasRemoteControl transferredFileCount } } }',
    { csPrice: 'free', csBTime: '2017-02-30 00:00:00', Remote: 2, FileCount: null },
  )
  expect(errors).toBeUndefined()
  const nothing = {
    price: null,
    startedAt: null,
    hasRemoteControl: null,
    transferredFileCount: null,
  }
  expect(data).toEqual({ remoteRecords: { nodes: [nothing, nothing, nothing] } })
  expect(extensions).toEqual({
    upstream: {
      unreadable: [
        { field: 'csPrice', count: 3 },
        { field: 'csBTime', count: 3 },
        { field: 'Remote', count: 3 },
      ],
    },
  })
})

it('counts a value once, however many fields come from it', async () => {
  const { extensions } = await ask(
    '{ remoteRecords(first: 3) { nodes { a: startedAt b: startedAt durationSeconds } } }',
    { csBTime: 'then' },
  )
  expect(extensions).toEqual({ upstream: { unreadable: [{ field: 'csBTime', count: 3 }] } })
})

it('lists nothing that was not asked for', async () => {
  const { extensions } = await ask('{ remoteRecords(first: 3) { nodes { id csId } } }', {
    csPrice: 'free',
    csBTime: 'then',
  })
  expect(extensions).toBeUndefined()
})

it('lists nothing of a summary that was not asked for, and what was', async () => {
  await using emulator = await startEmulator({ now: NOW })
  const proxy = await startDistortingProxy(emulator.url, (body: SummaryBody) => ({
    ...body,
    data: { serviceSummary: { ...body.data.serviceSummary, ticketTemplateName: {} } },
  }))
  await using gateway = await startTestedGateway({ upstreamUrl: proxy.url })
  const ask = async (field: string) =>
    (await gateway.ask(`{ serviceSummary(csId: 2801) { ${field} } }`)).body
  expect(await ask('state')).toEqual({ data: { serviceSummary: { state: 'FILLED' } } })
  expect(await ask('templateName')).toEqual({
    data: { serviceSummary: { templateName: null } },
    extensions: { upstream: { unreadable: [{ field: 'ticketTemplateName', count: 1 }] } },
  })
  await proxy.close()
})

it('shows an undocumented value of an enumeration as UNKNOWN, which can be read', async () => {
  const query = '{ remoteRecords(first: 3) { nodes { status } } }'
  const unknown = { remoteRecords: { nodes: Array(3).fill({ status: 'UNKNOWN' }) } }
  expect(await ask(query, { csStat: 9 })).toEqual({ data: unknown })
  expect(await ask(query, { csStat: 'done' })).toEqual({
    data: unknown,
    extensions: { upstream: { unreadable: [{ field: 'csStat', count: 3 }] } },
  })
})
