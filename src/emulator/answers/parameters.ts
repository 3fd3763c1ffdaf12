import { type Day, parseDay } from '../china-time.ts'
import type { SummaryType } from '../content/summary.ts'
import { Refusal } from './refusal.ts'

/** The parameters of a call as sent, with the path's `id` among them. */
export type Parameters = Readonly<Record<string, string>>

/** The named parameters, of those that were sent. */
export const keep = (parameters: Parameters, names: readonly string[]): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)))

export interface PageNumbers {
  readonly page: number
  readonly perPage: number
}

/** All parsers throw a 400 refusal that names the parameter. A page may be 0: some lists have one. */
export function parsePage(parameters: Parameters): PageNumbers {
  const page = parameters.page === '0' ? 0 : (parsePositive(parameters, 'page') ?? 1)
  const perPage = parsePositive(parameters, 'per_page') ?? 100
  return { page, perPage }
}

export function parseId(parameters: Parameters): number {
  const id = parsePositive(parameters, 'id')
  if (id === undefined) throw new Refusal(400, 'id is missing')
  return id
}

/** Either day may be absent, and leaves that side open. */
export function parseDays(parameters: Parameters, fromName: string, toName: string) {
  return {
    from: parseDayParameter(parameters, fromName),
    to: parseDayParameter(parameters, toName),
  }
}

export function parsePairedDays(parameters: Parameters, fromName: string, toName: string) {
  const days = parseDays(parameters, fromName, toName)
  if ((days.from === undefined) !== (days.to === undefined))
    throw new Refusal(400, `${fromName} and ${toName} come as a pair`)
  return days
}

export function parseSummaryType(parameters: Parameters): SummaryType {
  const type = Number(parameters.servicesummary_type ?? '3')
  if (type === 1 || type === 2 || type === 3) return type
  throw new Refusal(400, 'servicesummary_type must be 1, 2 or 3')
}

function parsePositive(parameters: Parameters, name: string): number | undefined {
  const text = parameters[name]
  if (text === undefined) return undefined
  const value = /^[1-9][0-9]*$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value)) return value
  throw new Refusal(400, `${name} must be a positive whole number`)
}

function parseDayParameter(parameters: Parameters, name: string): Day | undefined {
  const text = parameters[name]
  if (text === undefined) return undefined
  const day = parseDay(text)
  if (day !== undefined) return day
  throw new Refusal(400, `${name} must be a day such as 2017-08-27`)
}
