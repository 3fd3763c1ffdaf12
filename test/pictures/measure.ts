import type { Emulator } from '../../src/emulator/emulator.ts'
import {
  type ChatBody,
  chatRecords,
  HISTORIES,
  HISTORIES_V2,
  type ListBody,
  read,
  serviceSummary,
} from '../emulator/calling.ts'
import { startGateway } from '../gateway.ts'

export const QUERY = `{
  remoteRecord(csId: 1500) {
    companyName
    problemType { label }
    agent { name }
    chatMessages(first: 2) {
      totalCount
      nodes { text }
    }
    serviceSummary { state }
  }
}`

/** What some calls cost, as the emulator counted them. */
export interface Cost {
  readonly calls: readonly string[]
  readonly rows: number
}

export interface Measured {
  readonly byHand: Cost
  readonly byGateway: Cost
  /** The same query once more. */
  readonly again: Cost
  readonly data: unknown
}

/** Asks for one record in both ways, on a day of the made-up calendar. */
export async function measure(now: Date): Promise<Measured> {
  await using gateway = await startGateway({ now })
  const { emulator } = gateway
  await askByHand(emulator, 1500)
  const byHand = costOf(emulator)
  const { data } = await gateway.ask(QUERY)
  const byGateway = costOf(emulator)
  await gateway.ask(QUERY)
  return { byHand, byGateway, again: costOf(emulator), data }
}

const costOf = (emulator: Emulator): Cost => ({
  calls: emulator.callLines(),
  rows: emulator.calls.reduce((sum, { rows }) => sum + rows, 0),
})

/** As one does it with the REST API alone: pages until the record comes, its label, its chat, its summary. */
async function askByHand(emulator: Emulator, csId: number): Promise<void> {
  emulator.clearCalls()
  for (let page = 1; ; page++) {
    const search = `?page=${page}&per_page=100`
    const { remoterecords }: ListBody = await read(emulator, HISTORIES + search)
    if (!remoterecords.some(record => record.csId === csId)) continue
    await read<ListBody>(emulator, HISTORIES_V2 + search)
    break
  }
  await read<ChatBody>(emulator, `${chatRecords(csId)}?page=1`)
  await read(emulator, `${serviceSummary(csId)}?servicesummary_type=3`)
}
