import type { OperationName } from '../operations.ts'
import { Labels } from './labels.ts'
import type { Rest, Row, SummaryAnswer } from './rest.ts'
import { flag, id, instant, named, PAYMENTS, price, SENDERS, STATUSES, text } from './wire.ts'

export type Answers = Readonly<Record<OperationName, () => object | Promise<object>>>

/**
 * The operations as a careful person would write them without GraphQL: the same answers, from calls
 * that ask for the rows that are needed and no more.
 */
export function createAnswers(rest: Rest): Answers {
  const labels = new Labels(rest)

  return {
    typename: () => ({ __typename: 'Query' }),
    'first-record': async () =>
      listOf((await rest.records(1)).map(row => ({ csId: String(row.csId) }))),
    records: async () => listOf((await rest.records(100)).map(scalars)),
    'labelled-records': async () =>
      listOf((await labels.records(100)).map(row => ({ ...scalars(row), ...problemTypes(row) }))),
    summaries: async () => listOf(await Promise.all((await rest.records(50)).map(withSummary))),
    chats: async () => listOf(await Promise.all((await rest.records(20)).map(withMessages))),
    agents: async () => withAgents(await rest.records(100)),
  }

  function problemTypes(row: Row) {
    return {
      problemType: labels.of(row, 'ptId'),
      problemSubtype: labels.of(row, 'ptChildId'),
      problemDetailType: labels.of(row, 'ptThird'),
    }
  }

  async function withSummary(row: Row) {
    const answer = await rest.summary(Number(row.csId))
    return { csId: String(row.csId), serviceSummary: summary(answer) }
  }

  async function withMessages(row: Row) {
    return { csId: String(row.csId), chatMessages: { nodes: await messages(row) } }
  }

  async function messages(row: Row) {
    // A record that says it had no chat need not be asked for one.
    if (flag(row.ChatRecord) === false) return []
    return (await rest.messages(Number(row.csId), 10)).map(message)
  }

  async function withAgents(rows: readonly Row[]) {
    const ids = new Set(rows.flatMap(row => id(row.csServicerId) ?? []))
    const agents = new Map(
      await Promise.all([...ids].map(async each => [each, await agentOf(each)] as const)),
    )
    return listOf(
      rows.map(row => ({
        csId: String(row.csId),
        agent: agents.get(id(row.csServicerId) ?? 0) ?? null,
      })),
    )
  }

  async function agentOf(servicerId: number) {
    const nodes = (await rest.agentRecords(servicerId, 3)).map(row => ({
      csId: String(row.csId),
      startedAt: instant(row.csBTime),
      status: named(row.csStat, STATUSES),
    }))
    return { servicerId: String(servicerId), remoteRecords: { nodes } }
  }
}

const listOf = (nodes: readonly object[]) => ({ remoteRecords: { nodes } })

const scalars = (row: Row) => ({
  csId: String(row.csId),
  startedAt: instant(row.csBTime),
  endedAt: instant(row.csETime),
  status: named(row.csStat, STATUSES),
  companyName: text(row.companyName),
  contactName: text(row.contactor),
  price: price(row.csPrice),
  paymentStatus: named(row.payStat, PAYMENTS),
  description: text(row.note),
  isResolved: flag(row.isFinish),
})

const message = (row: Row) => ({
  sender: named(row.spokesman_identity, SENDERS),
  senderName: text(row.spokesman),
  text: text(row.msg) ?? '',
  sentAt: instant(row.time),
})

function summary({ status, data }: SummaryAnswer) {
  const fields = data?.serviceSummary.custom_fields
  return {
    state: SUMMARY_STATES[status] ?? 'NOT_FILLED',
    templateName: text(data?.serviceSummary.ticketTemplateName),
    customFields: Array.isArray(fields) ? fields.map(customField) : [],
  }
}

const SUMMARY_STATES: Readonly<Record<string, string>> = {
  '200': 'FILLED',
  '120001': 'NO_TEMPLATE',
  '120002': 'NOT_FILLED',
}

function customField(field: Row) {
  const value = text(field.value)
  const attachments = value !== null && /^https?:\/\//.test(value) ? value.split(',') : []
  return { key: String(field.key), value, attachments }
}
