import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'

/** What a client without the gateway writes: a loop over the pages that adds up as it goes. */
async function fold(upstream: string, from: string, to: string) {
  const account = Buffer.from(`${ADMINISTRATOR.account}:${ADMINISTRATOR.password}`)
  const headers = { authorization: `Basic ${account.toString('base64')}` }
  const byDay = new Map<string, number>()
  const byAgent = new Map<unknown, { count: number; price: number }>()
  let count = 0
  for (let page = 1; ; page++) {
    const query = `starttime=${from}&endtime=${to}&page=${page}&per_page=100`
    const url = `${upstream}/api/v1/remoterecord/histories.json?${query}`
    const answer = await (await fetch(url, { headers })).json()
    const { remoterecords, next_page } = answer as Answer
    for (const { csBTime, csServicerId, csPrice } of remoterecords) {
      const day = String(csBTime).slice(0, 10)
      byDay.set(day, (byDay.get(day) ?? 0) + 1)
      const agent = byAgent.get(csServicerId) ?? { count: 0, price: 0 }
      byAgent.set(csServicerId, agent)
      agent.count += 1
      agent.price += Number(csPrice)
    }
    count += remoterecords.length
    if (next_page === null) return { count, days: byDay.size, agents: byAgent.size }
  }
}

interface Answer {
  readonly remoterecords: readonly Readonly<Record<string, unknown>>[]
  readonly next_page: string | null
}

process.on('message', async ([upstream, from, to]: readonly string[]) => {
  process.send?.(await fold(upstream ?? '', from ?? '', to ?? ''))
})
process.once('disconnect', () => process.exit())
process.send?.('ready')
