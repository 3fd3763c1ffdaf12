import { type Account, ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'

export type Row = Record<string, unknown> & { csId: number }

export interface ListBody {
  readonly remoterecords: Row[]
  readonly count: number
  readonly next_page: string | null
  readonly previous_page: string | null
}

export interface ChatBody {
  readonly remote_chatrecords: { csId: string; contents: Record<string, unknown>[] }
  readonly count: number
  readonly next_page: string | null
  readonly previous_page: string | null
}

/** A Wednesday afternoon in China. */
export const NOW = new Date('2026-03-18T15:30:00+08:00')

export const HISTORIES = '/api/v1/remoterecord/histories.json'
export const HISTORIES_V2 = '/api/v1/remoterecord/histories_v2.json'
export const agentHistories = (id: number | string) => `/api/v1/remoterecord/histories/${id}.json`
export const chatRecords = (id: number | string) => `/api/v1/remoterecord/chatrecords/${id}.json`
export const serviceSummary = (id: number | string) => `/api/v1/servicesummary/${id}.json`

/** An emulator whose clock stands still. */
export const startAtNow = (options: EmulatorOptions = {}) => startEmulator({ now: NOW, ...options })

export function login({ account, password }: Account): string {
  return `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`
}

export function call(emulator: Emulator, path: string, account: Account = ADMINISTRATOR) {
  return fetch(emulator.url + path, { headers: { authorization: login(account) } })
}

export async function read<Body>(emulator: Emulator, path: string): Promise<Body> {
  const response = await call(emulator, path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as Body
}

/** The records of all pages, as the page links lead through them. */
export async function walk(emulator: Emulator, path: string): Promise<Row[]> {
  const rows: Row[] = []
  let next: string | null = emulator.url + path
  while (next) {
    const body: ListBody = await read(emulator, next.slice(emulator.url.length))
    rows.push(...body.remoterecords)
    next = body.next_page
  }
  return rows
}

export const csIdsOf = (rows: readonly Row[]) => rows.map(row => row.csId)
