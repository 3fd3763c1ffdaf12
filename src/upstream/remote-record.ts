import type { UpstreamSession } from './client.ts'
import { type CustomFieldResource, toCustomFields } from './custom-field.ts'
import type { DayRange } from './days.ts'
import type { OnOddity } from './oddity.ts'
import type { UpstreamPage } from './page.ts'
import {
  PAYMENT_STATUSES,
  type PaymentStatus,
  RATING_BY_SCORE,
  type Rating,
  REMOTE_RECORD_STATUSES,
  type RemoteRecordStatus,
} from './remote-record-enums.ts'
import { getRemoteRecordList, type ToRow } from './remote-record-list.ts'
import { dayOf, epochSecondOf, toInstant } from './wire/instant.ts'
import { type PageQuery, toPathId } from './wire/raw-page.ts'
import { toCount, toFlag, toId, toWholeNumber, type WireObject } from './wire/wire.ts'
import { WireRow } from './wire/wire-row.ts'

/** The fields of problem types, by level. */
const PROBLEM_TYPES = ['ptId', 'ptChildId', 'ptThird'] as const

type ProblemTypeLevel = 1 | 2 | 3

const OPEN: readonly RemoteRecordStatus[] = ['IN_SERVICE', 'WAITING', 'EXTENDED', 'ON_HOLD']

/**
 * A service record of the v1 lists. It keeps the wire's row and decodes a field when it is read:
 * most operations read a few of some thirty.
 */
export class RemoteRecordResource {
  readonly csId: number
  readonly #row: WireRow
  readonly #onOddity: OnOddity
  #customFields: readonly CustomFieldResource[] | undefined

  constructor(csId: number, row: WireObject, onOddity: OnOddity) {
    this.csId = csId
    this.#row = new WireRow(row, onOddity)
    this.#onOddity = onOddity
  }

  get sessionId(): string | null {
    return this.#row.text('csIdS')
  }

  /** RFC 3339, +08:00; the other instants too. */
  get startedAt(): string | null {
    return this.#row.instant('csBTime')
  }

  /** The day in China, such as `2017-08-27`. Reports nothing: no caller sees it as a value. */
  get startedOn(): string | null {
    const startedAt = toInstant(this.#row.raw('csBTime')) ?? null
    return startedAt === null ? null : dayOf(startedAt)
  }

  get endedAt(): string | null {
    return this.#row.instant('csETime')
  }

  /** Null while the session is open. An end that lies before the beginning cannot be read. */
  get durationSeconds(): number | null {
    if (OPEN.includes(this.status)) return null
    const { startedAt, endedAt } = this
    if (startedAt === null || endedAt === null) return null
    const seconds = toCount(epochSecondOf(endedAt) - epochSecondOf(startedAt))
    if (seconds === undefined) this.#row.reportUnreadable('csETime')
    return seconds ?? null
  }

  get status(): RemoteRecordStatus {
    return this.#row.enumerated('csStat', REMOTE_RECORD_STATUSES) ?? 'UNKNOWN'
  }

  /** The agent who handled it; null if nobody did. */
  get servicerId(): number | null {
    return this.#row.id('csServicerId')
  }

  /** The client's 9 digits. */
  get uniqueNumber(): string | null {
    return this.#row.clientNumber('uniqueNumber')
  }

  get serviceCardId(): string | null {
    return this.#row.idDigits('csSId')
  }

  /** In CNY, with at least two decimals: `234.00`. */
  get price(): string | null {
    return this.#row.decimal('csPrice')
  }

  /** Reports the price as unreadable, since it is an amount that surely is none. */
  reportPrice(): void {
    this.#row.reportUnreadable('csPrice')
  }

  get paymentStatus(): PaymentStatus {
    return this.#row.enumerated('payStat', PAYMENT_STATUSES) ?? 'UNKNOWN'
  }

  get paidAt(): string | null {
    return this.#row.instant('payDateTime')
  }

  get companyName(): string | null {
    return this.#row.text('companyName')
  }

  get contactName(): string | null {
    return this.#row.text('contactor')
  }

  /** A phone number, as a rule. */
  get contactMethod(): string | null {
    return this.#row.text('contactMethod')
  }

  get computerNote(): string | null {
    return this.#row.text('ComputerName')
  }

  /** By level, to learn labels from. Reports nothing: no caller sees them as values. */
  get problemTypeIds(): readonly [number | null, number | null, number | null] {
    const [first, second, third] = PROBLEM_TYPES
    const idIn = (field: string) => toId(this.#row.raw(field)) ?? null
    return [idIn(first), idIn(second), idIn(third)]
  }

  /** Of a level from 1. */
  problemTypeId(level: ProblemTypeLevel): number | null {
    return this.#row.id(PROBLEM_TYPES[level - 1] ?? 'ptId')
  }

  get description(): string | null {
    return this.#row.text('note')
  }

  get solution(): string | null {
    return this.#row.text('ProblemSolution')
  }

  /** Null if it was not rated. */
  get rating(): Rating | null {
    return this.#row.enumerated('commentScore', RATING_BY_SCORE) ?? null
  }

  get ratingComment(): string | null {
    return this.#row.text('comment')
  }

  get isResolved(): boolean | null {
    return this.#row.verdict('isFinish')
  }

  /** Null if the record does not say; the flags and the count below too. */
  get hasChat(): boolean | null {
    return this.#row.flag('ChatRecord')
  }

  /**
   * False only if the record says that there was no chat: then none need be asked for. Reports
   * nothing: no caller sees it as a value.
   */
  get mayHaveChat(): boolean {
    return toFlag(this.#row.raw('ChatRecord')) !== false
  }

  /** Whether the session is over, so that its chat should not change. Reports nothing. */
  get isOver(): boolean {
    return REMOTE_RECORD_STATUSES[toWholeNumber(this.#row.raw('csStat')) ?? -1] === 'COMPLETED'
  }

  get hasRemoteControl(): boolean | null {
    return this.#row.flag('Remote')
  }

  get hasFileTransfer(): boolean | null {
    return this.#row.flag('TransferFile')
  }

  get transferredFileCount(): number | null {
    return this.#row.count('FileCount')
  }

  get customFields(): readonly CustomFieldResource[] {
    this.#customFields ??= toCustomFields(this.#row.raw('custom_fields'), this.#onOddity)
    return this.#customFields
  }

  /** Handed on as it is, never fetched. */
  get chatUrl(): string | null {
    return this.#row.url('contents')
  }
}

const ROOT = '/api/v1/remoterecord'
const HISTORIES = { endpoint: 'histories', path: `${ROOT}/histories.json` } as const

/** All records, of the days given. Rejects as `UpstreamSession.get` does, the others too. */
export function listRemoteRecords(
  session: UpstreamSession,
  query: PageQuery,
  createdOn?: DayRange,
): Promise<UpstreamPage<RemoteRecordResource>> {
  return getRemoteRecordList(session, HISTORIES, query, createdOn, toResource)
}

/** The records of one agent. */
export async function listAgentRemoteRecords(
  session: UpstreamSession,
  servicerId: number,
  query: PageQuery,
  createdOn?: DayRange,
): Promise<UpstreamPage<RemoteRecordResource>> {
  const path = `${ROOT}/histories/${toPathId('servicerId', servicerId)}.json`
  const list = { endpoint: 'agent_histories', path, servicerId } as const
  return getRemoteRecordList(session, list, query, createdOn, toResource)
}

const toResource: ToRow<RemoteRecordResource> = (csId, row, onOddity) =>
  new RemoteRecordResource(csId, row, onOddity)

/** What the v2 list adds to a record: its problem types as the options' texts, by level. */
export interface LabelledRemoteRecord {
  readonly csId: number
  readonly labels: readonly [string | null, string | null, string | null]
}

const HISTORIES_V2 = { endpoint: 'histories_v2', path: `${ROOT}/histories_v2.json` } as const

/** The same records as `listRemoteRecords`; but rows may have shifted in between. */
export function listLabelledRemoteRecords(
  session: UpstreamSession,
  query: PageQuery,
  createdOn?: DayRange,
): Promise<UpstreamPage<LabelledRemoteRecord>> {
  return getRemoteRecordList(session, HISTORIES_V2, query, createdOn, toLabelled)
}

const toLabelled: ToRow<LabelledRemoteRecord> = (csId, fields, onOddity) => {
  const row = new WireRow(fields, onOddity)
  return { csId, labels: [row.idText('ptId'), row.idText('ptChildId'), row.idText('ptThird')] }
}

export type { DayRange } from './days.ts'
export type { UpstreamPage } from './page.ts'
export type { PageQuery } from './wire/raw-page.ts'
