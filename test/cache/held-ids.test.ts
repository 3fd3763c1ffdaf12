import { expect, test } from 'vitest'
import { startEmulator } from '../../src/emulator/emulator.ts'
import { startDistortingProxy } from '../distorting-proxy.ts'
import type { ListBody } from '../emulator/calling.ts'
import { NOW } from '../server/gateway.ts'
import { startHoldingGateway } from './holding-gateway.ts'

const IDS = '{ remoteRecords(first: 100) { nodes { csId problemType { optionId } } } }'
const LABELS = '{ remoteRecords(first: 100) { nodes { csId problemType { optionId label } } } }'

interface Node {
  readonly csId: string
  readonly problemType: { readonly optionId: string; readonly label?: string | null }
}

const nodesOf = (data: unknown) =>
  (data as { readonly remoteRecords: { readonly nodes: readonly Node[] } }).remoteRecords.nodes

const labelsIn = (nodes: readonly Node[]) =>
  nodes.flatMap(({ problemType: { optionId, label } }) => (label ? `${optionId}: ${label}` : []))

/** Records that have a type on the first level alone; some of them get another one. */
async function startMoving() {
  const moved = new Map<number, Readonly<Record<'id' | 'label', unknown>>>()
  const emulator = await startEmulator({ now: NOW })
  const proxy = await startDistortingProxy(emulator.url, (body: ListBody, path) => ({
    ...body,
    remoterecords: body.remoterecords?.map(row => {
      const type = moved.get(Number(row.csId))
      const ptId = type ? type[path.endsWith('_v2.json') ? 'label' : 'id'] : row.ptId
      return { ...row, ptId, ptChildId: '', ptThird: '' }
    }),
  }))
  const gateway = await startHoldingGateway({ upstreamUrl: proxy.url })
  return {
    moved,
    ask: async (query: string) => (await gateway.askWithCalls(query)).body,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await proxy.close()
      await emulator.close()
    },
  }
}

test.each([1, 2, 5])(
  '%i records that got another type since their ids were held teach no wrong label',
  async count => {
    await using still = await startMoving()
    const labelled = nodesOf((await still.ask(LABELS)).data)
    const truth = new Set(labelsIn(labelled))
    await using gateway = await startMoving()
    const nodes = nodesOf((await gateway.ask(IDS)).data)
    const optionOf = ({ problemType }: Node) => problemType.optionId
    const alike = nodes.filter(node => nodes[0] && optionOf(node) === optionOf(nodes[0]))
    const other = labelled.find(node => nodes[0] && optionOf(node) !== optionOf(nodes[0]))
    expect(alike.length).toBeGreaterThan(count)
    for (const { csId } of alike.slice(0, count))
      gateway.moved.set(Number(csId), {
        id: Number(other?.problemType.optionId),
        label: other?.problemType.label,
      })
    for (let turn = 0; turn < 3; turn++) {
      const { data, errors } = await gateway.ask(LABELS)
      // If no record that was read again has the type that is held, its label is refused.
      for (const { extensions } of errors ?? [])
        expect(extensions?.code).toBe('LOOKUP_INCONCLUSIVE')
      if (count < 5) expect(errors).toBeUndefined()
      for (const label of labelsIn(nodesOf(data))) expect(truth).toContain(label)
    }
  },
)
