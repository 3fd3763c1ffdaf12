import { describe, expect, it } from 'vitest'
import { startHoldingGateway } from '../cache/holding-gateway.ts'
import { Markdown } from '../repository/markdown.ts'
import { pathTo, readText } from '../repository/repository.ts'

const readme = new Markdown(readText(pathTo('src/questions/README.md')))
const asked = readme.section('What people ask')
const queries = new Map(
  asked.fences.map(({ text }) => [/^query (\w+)/.exec(text)?.[1] ?? '', text] as const),
)
const prices = asked.rows.map(
  ([name = '', first, again]) => [name.replaceAll('`', ''), Number(first), Number(again)] as const,
)
const queryOf = (name: string) => queries.get(name) ?? ''

describe('what people ask', () => {
  it('has the price of each question', () => {
    expect(prices.map(([name]) => name)).toEqual([...queries.keys()])
  })

  it.each(prices)('%s takes %i calls, and then %i', async (name, first, again) => {
    await using gateway = await startHoldingGateway()
    const ask = () => gateway.askWithCalls(queryOf(name))
    const quoted = await gateway.askWithCalls(queryOf(name), { headers: { 'x-explain': 'only' } })
    expect(quoted.calls).toEqual([])
    expect(quoted.body.data).toBeNull()
    const cold = await ask()
    expect(cold.body.errors).toBeUndefined()
    expect(cold.calls).toHaveLength(first)
    const warm = await ask()
    expect(warm.calls).toHaveLength(again)
    expect(warm.body.data).toEqual(cold.body.data)
  })

  it('is read once for several of them', async () => {
    await using gateway = await startHoldingGateway()
    await gateway.askWithCalls(queryOf('Turnover'))
    for (const name of ['Unresolved', 'BadlyRated', 'ClientsHistory'])
      expect((await gateway.askWithCalls(queryOf(name))).calls).toEqual([])
  })
})

it('groups by agent and by day cost together what one of them costs', async () => {
  const days = 'createdOn: { from: "2026-10-01", to: "2026-10-31" }'
  const groups = ['byAgent { count }', 'byDay { count }']
  for (const selection of [...groups, groups.join(' ')]) {
    await using gateway = await startHoldingGateway()
    const { calls } = await gateway.askWithCalls(
      `{ remoteRecordStatistics(${days}) { ${selection} } }`,
    )
    expect(calls).toHaveLength(7)
  }
})
