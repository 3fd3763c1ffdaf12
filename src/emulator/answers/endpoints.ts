import { dayOf } from '../china-time.ts'
import { CHAT_MESSAGES, type ChatMessage, chatList, chatOf, chatRow } from '../content/chat.ts'
import { type OptionForm, recordRow } from '../content/record-row.ts'
import { type Service, serviceOf, type World } from '../content/service.ts'
import { summaryAnswer } from '../content/summary.ts'
import type { AgentListOddities, Body, ListOddities, Oddities } from '../odd/oddities.ts'
import { RECORDS, type RecordList, type Selection, type SortBy } from '../records/record-list.ts'
import { cutPage } from './page.ts'
import {
  keep,
  type Parameters,
  parseDays,
  parseId,
  parsePage,
  parsePairedDays,
  parseSummaryType,
} from './parameters.ts'
import { Refusal } from './refusal.ts'
import type { Endpoint } from './routes.ts'

/** What the endpoints answer from. */
export interface Source {
  readonly world: World
  readonly records: RecordList
  readonly maxPerPage: number
  readonly order: 'ascending' | 'descending'
  readonly sortBy: SortBy
  readonly administrators: readonly string[]
  /** Looked up for each call: they may change while the emulator runs. */
  readonly oddities: Oddities
}

/** Answers one call with the object of its JSON body; throws a `Refusal` for a 4xx. */
type Answerer = (source: Source, path: string, parameters: Parameters) => Body

const RECORD_DAYS = ['starttime', 'endtime'] as const
const CHAT_DAYS = ['time_start', 'time_end'] as const

export const ANSWERERS: Readonly<Record<Endpoint, Answerer>> = {
  histories: (source, path, parameters) =>
    recordPage(source, path, parameters, 'ids', source.oddities.histories),
  histories_v2: (source, path, parameters) =>
    recordPage(source, path, parameters, 'labels', source.oddities.histories_v2),
  agent_histories(source, path, parameters) {
    const oddities = source.oddities.agent_histories
    const agentId = agentListed(parseId(parameters), oddities)
    return recordPage(source, path, parameters, 'ids', oddities, agentId)
  },
  chatrecords: chatPage,
  servicesummary(source, _path, parameters) {
    const type = parseSummaryType(parameters)
    return summaryAnswer(source.world, findService(source, parseId(parameters)), type)
  },
}

function recordPage(
  { world, records, oddities, ...defaults }: Source,
  path: string,
  parameters: Parameters,
  optionForm: OptionForm,
  ownOddities: ListOddities = {},
  agentId?: number,
): Body {
  const { row = same, ...odd } = { ...defaults, ...oddities.lists, ...ownOddities }
  const question = {
    numbers: parsePage(parameters),
    url: world.origin + path,
    kept: keep(parameters, RECORD_DAYS),
  }
  const days = daysListed(parseDays(parameters, ...RECORD_DAYS), odd)
  const rows = records.list({ ...days, agentId, sortBy: odd.sortBy })
  const page = cutPage({ rows, ...RECORDS }, question, odd)
  return {
    remoterecords: page.rows.map(entry => row(recordRow(world, entry, optionForm))),
    ...page.links,
  }
}

function chatPage(source: Source, path: string, parameters: Parameters): Body {
  const { world, maxPerPage, oddities } = source
  const { answersFor = same, row = same, ...odd } = { maxPerPage, ...oddities.chatrecords }
  const question = {
    numbers: parsePage(parameters),
    url: world.origin + path,
    kept: keep(parameters, CHAT_DAYS),
  }
  const isWanted = sentWithin(parsePairedDays(parameters, ...CHAT_DAYS))
  const csId = answersFor(parseId(parameters))
  const isEmpty = odd.unknownRecord === 'empty' && !source.records.find(csId)
  const service = isEmpty ? undefined : findService(source, csId)
  const messages = service ? chatOf(world, service).filter(isWanted) : []
  const page = cutPage({ rows: chatList(messages), ...CHAT_MESSAGES }, question, odd)
  const contents = page.rows.map(message => row(chatRow(world, message, odd)))
  return { remote_chatrecords: { csId: String(csId), contents }, ...page.links }
}

const same = <T>(value: T): T => value

function agentListed(agentId: number, { answersFor = same }: AgentListOddities = {}) {
  return answersFor === 'everyone' ? undefined : answersFor(agentId)
}

function daysListed({ from, to }: Pick<Selection, 'from' | 'to'>, { days = 0 }: ListOddities) {
  if (days === 'ignored') return {}
  if (days === 'last left out') return { from, to: to === undefined ? undefined : to - 1 }
  const moved = (day: number | undefined) => (day === undefined ? undefined : day + days)
  return { from: moved(from), to: moved(to) }
}

const sentWithin =
  ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) =>
  ({ sentAtMs }: ChatMessage) => {
    const day = dayOf(sentAtMs)
    return from <= day && day <= to
  }

function findService({ world, records }: Source, csId: number): Service {
  const entry = records.find(csId)
  if (!entry) throw new Refusal(404, 'there is no such record')
  return serviceOf(world, entry)
}
