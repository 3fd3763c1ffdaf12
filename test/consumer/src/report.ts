import { type DateRange, PaymentStatus, ServiceSummaryState } from '../generated/graphql.ts'
import { type Decimal, dayOf, sumOf } from './scalars.ts'
import { type Service, summaryStateOf } from './services.ts'

/** The report as text: two tables to paste into a spreadsheet, and whose summaries are missing. */
export function report({ from, to }: DateRange, services: readonly Service[]): string {
  return [
    `Services from ${from} to ${to}`,
    '',
    ...table(['agent', 'name', 'number', 'solved', 'paid'], agentRows(services)),
    '',
    ...table(['open', 'day', 'agent', 'problem'], services.filter(isUnresolved).map(toRow)),
    '',
    list('Summary not filled in', withSummary(services, ServiceSummaryState.NotFilled)),
    list('Summary without template', withSummary(services, ServiceSummaryState.NoTemplate)),
    list('Summary not known, as it failed', withSummary(services, 'FAILED')),
    '',
  ].join('\n')
}

type Row = readonly (string | number)[]

function agentRows(services: readonly Service[]): Row[] {
  const byAgent = Map.groupBy(services, ({ agent }) => agent?.servicerId ?? 'nobody')
  const rows = [...byAgent].map(
    ([servicerId, handled]): Row => [
      servicerId,
      handled.map(({ agent }) => agent?.name).find(name => name) ?? '',
      ...figuresOf(handled),
    ],
  )
  return [...rows, ['all', '', ...figuresOf(services)]]
}

const table = (heads: Row, rows: readonly Row[]) => [heads, ...rows].map(row => row.join('\t'))

const toRow = ({ csId, startedAt, agent, problemType }: Service): Row => [
  csId,
  startedAt ? dayOf(startedAt).slice('2026-'.length) : '',
  agent?.name ?? '',
  problemType?.label ?? '',
]

const isUnresolved = ({ isResolved }: Service) => isResolved === false

const figuresOf = (services: readonly Service[]) => [
  services.length,
  services.filter(({ isResolved }) => isResolved).length,
  sumOf(services.flatMap(paidAmount)),
]

const PAID: readonly PaymentStatus[] = [PaymentStatus.Paid, PaymentStatus.Deducted]

const paidAmount = ({ price, paymentStatus }: Service): Decimal[] =>
  price !== null && PAID.includes(paymentStatus) ? [price] : []

const withSummary = (services: readonly Service[], state: ReturnType<typeof summaryStateOf>) =>
  services.filter(service => summaryStateOf(service) === state)

const list = (title: string, services: readonly Service[]) =>
  `${title}: ${services.map(({ csId }) => csId).join(', ') || 'none'}`
