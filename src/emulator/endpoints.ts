import { type ChatMessage, chatOf, chatRows } from './chat.ts'
import { dayOf } from './china-time.ts'
import { keep, pageLinks } from './page-links.ts'
import {
  type Parameters,
  parseDays,
  parseId,
  parsePage,
  parsePairedDays,
  parseSummaryType,
} from './parameters.ts'
import type { RecordList } from './record-list.ts'
import { type OptionForm, recordRow } from './record-row.ts'
import { Refusal } from './refusal.ts'
import type { Endpoint } from './routes.ts'
import { type Service, serviceOf, type World } from './service.ts'
import { summaryAnswer } from './summary.ts'

/** What the endpoints answer from. */
export interface Source {
  readonly world: World
  readonly records: RecordList
  readonly maxPerPage: number
  readonly descending: boolean
}

/** Answers one call with the object of its JSON body; throws a `Refusal` for a 4xx. */
export type Answerer = (source: Source, path: string, parameters: Parameters) => object

const RECORD_DAYS = ['starttime', 'endtime'] as const
const CHAT_DAYS = ['time_start', 'time_end'] as const

export const ANSWERERS: Readonly<Record<Endpoint, Answerer>> = {
  histories: (source, path, parameters) => recordPage(source, path, parameters, 'ids'),
  histories_v2: (source, path, parameters) => recordPage(source, path, parameters, 'labels'),
  agent_histories: (source, path, parameters) =>
    recordPage(source, path, parameters, 'ids', parseId(parameters)),
  chatrecords: chatPage,
  servicesummary(source, _path, parameters) {
    const type = parseSummaryType(parameters)
    return summaryAnswer(source.world, findService(source, parseId(parameters)), type)
  },
}

function recordPage(
  { world, records, maxPerPage, descending }: Source,
  path: string,
  parameters: Parameters,
  optionForm: OptionForm,
  agentId?: number,
): object {
  const numbers = parsePage(parameters, maxPerPage)
  const selection = { ...parseDays(parameters, ...RECORD_DAYS), agentId }
  const offset = (numbers.page - 1) * numbers.perPage
  const found = records.page(selection, { offset, limit: numbers.perPage, descending })
  const kept = keep(parameters, RECORD_DAYS)
  return {
    remoterecords: found.entries.map(entry => recordRow(world, entry, optionForm)),
    ...pageLinks(world.origin + path, numbers, found.count, kept),
  }
}

function chatPage(source: Source, path: string, parameters: Parameters): object {
  const csId = parseId(parameters)
  const numbers = parsePage(parameters, source.maxPerPage)
  const isWanted = sentWithin(parsePairedDays(parameters, ...CHAT_DAYS))
  const service = findService(source, csId)
  const messages = chatOf(source.world, service).filter(isWanted)
  const offset = (numbers.page - 1) * numbers.perPage
  const shown = messages.slice(offset, offset + numbers.perPage)
  const contents = chatRows(source.world, service, shown)
  return {
    remote_chatrecords: { csId: String(csId), contents },
    ...pageLinks(source.world.origin + path, numbers, messages.length, keep(parameters, CHAT_DAYS)),
  }
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
