import type { PaymentStatus, Rating, RemoteRecordStatus } from '../upstream/remote-record-enums.ts'
import { copyRow, createArrays } from './column-arrays.ts'
import { eachRow } from './each-row.ts'
import { fromFen } from './money.ts'
import {
  NONE,
  type ProblemTypeLevel,
  RATED,
  RESOLVED,
  RecordColumns,
  SAYS_CHAT,
  SAYS_REMOTE_CONTROL,
  SAYS_RESOLVED,
  WITH_CHAT,
  WITH_REMOTE_CONTROL,
} from './record-columns.ts'
import { type CountedRecord, createCountedMatcher, type RecordFilter } from './record-filter.ts'

/**
 * The rows that meet a filter, with the samples of all. Undefined if the filter looks at what is not
 * in the columns: then the records have to be looked at.
 */
export function selectRows<Sample>(
  columns: RecordColumns<Sample>,
  filter: RecordFilter | undefined,
): Promise<RecordColumns<Sample>> | undefined {
  const matches = createCountedMatcher(filter ?? {})
  if (!matches || (filter?.price && !columns.values.arePricesExact)) return undefined
  return filter ? select(columns, matches) : Promise.resolve(columns)
}

async function select<Sample>(
  columns: RecordColumns<Sample>,
  matches: (record: CountedRecord) => boolean,
): Promise<RecordColumns<Sample>> {
  const rows = new Uint32Array(columns.length)
  const record = new RowOfColumns(columns)
  let length = 0
  await eachRow(columns.length, row => {
    record.row = row
    if (matches(record)) rows[length++] = row
  })
  const arrays = createArrays(length)
  await eachRow(length, at => copyRow(columns.arrays, rows[at] ?? 0, arrays, at))
  return new RecordColumns(columns.values, arrays, length)
}

/** A row of columns, as filters look at it. */
class RowOfColumns implements CountedRecord {
  readonly #columns: RecordColumns<unknown>
  row = 0

  constructor(columns: RecordColumns<unknown>) {
    this.#columns = columns
  }

  get #arrays() {
    return this.#columns.arrays
  }

  get servicerId(): number | null {
    return this.#columns.values.agents.valueOf(this.#arrays.agent[this.row] ?? NONE) ?? null
  }

  get status(): RemoteRecordStatus {
    return this.#columns.values.statuses.valueOf(this.#arrays.status[this.row] ?? NONE) ?? 'UNKNOWN'
  }

  get paymentStatus(): PaymentStatus {
    const number = this.#arrays.paymentStatus[this.row] ?? NONE
    return this.#columns.values.paymentStatuses.valueOf(number) ?? 'UNKNOWN'
  }

  get rating(): Rating | null {
    const isRated = this.#flag(RATED, RATED)
    const rating = this.#columns.values.ratings.valueOf(this.#arrays.rating[this.row] ?? NONE)
    return isRated ? (rating ?? null) : null
  }

  get companyName(): string | null {
    return this.#columns.values.companies.valueOf(this.#arrays.company[this.row] ?? NONE) ?? null
  }

  get isResolved(): boolean | null {
    return this.#flag(RESOLVED, SAYS_RESOLVED)
  }

  get hasChat(): boolean | null {
    return this.#flag(WITH_CHAT, SAYS_CHAT)
  }

  get hasRemoteControl(): boolean | null {
    return this.#flag(WITH_REMOTE_CONTROL, SAYS_REMOTE_CONTROL)
  }

  get durationSeconds(): number | null {
    const seconds = this.#arrays.duration[this.row] ?? NONE
    return seconds === NONE ? null : seconds
  }

  get price(): string | null {
    const fen = this.#arrays.fen[this.row] ?? Number.NaN
    return Number.isNaN(fen) ? null : fromFen(fen)
  }

  problemTypeId(level: ProblemTypeLevel): number | null {
    const { option1, option2, option3 } = this.#arrays
    const column = [option1, option2, option3][level - 1]
    return this.#columns.values.options[level - 1]?.valueOf(column?.[this.row] ?? NONE) ?? null
  }

  #flag(isSet: number, isSaid: number): boolean | null {
    const flags = this.#arrays.flags[this.row] ?? 0
    return flags & isSaid ? (flags & isSet) !== 0 : null
  }
}
