import type { Rest, Row } from './rest.ts'
import { id, text } from './wire.ts'

const FIELDS = ['ptId', 'ptChildId', 'ptThird'] as const
type ProblemTypeField = (typeof FIELDS)[number]

/** As long as the gateway believes a label. */
const MAX_AGE_MS = 600_000

/** Problem types' labels by field and id, remembered from request to request. */
export class Labels {
  readonly #rest: Rest
  readonly #labels = new Map<string, string>()
  #learntAtMs = 0

  constructor(rest: Rest) {
    this.#rest = rest
  }

  /** The records, with the labels of all their problem types known as far as the API tells them. */
  async records(count: number): Promise<readonly Row[]> {
    if (performance.now() - this.#learntAtMs > MAX_AGE_MS) this.#labels.clear()
    if (this.#labels.size > 0) {
      const records = await this.#rest.records(count)
      if (records.some(row => this.#isUnknown(row)))
        this.#learn(records, await this.#rest.labelledRecords(count))
      return records
    }
    const [records, labelledRecords] = await Promise.all([
      this.#rest.records(count),
      this.#rest.labelledRecords(count),
    ])
    this.#learn(records, labelledRecords)
    return records
  }

  of(row: Row, field: ProblemTypeField): { optionId: string; label: string | null } | null {
    const optionId = id(row[field])
    if (optionId === null) return null
    return { optionId: String(optionId), label: this.#labels.get(`${field}/${optionId}`) ?? null }
  }

  #isUnknown(row: Row): boolean {
    return FIELDS.some(field => id(row[field]) && !this.#labels.has(`${field}/${id(row[field])}`))
  }

  /** By csId: rows may have shifted between the two calls. */
  #learn(records: readonly Row[], labelledRecords: readonly Row[]): void {
    const labelledByCsId = new Map(labelledRecords.map(row => [Number(row.csId), row]))
    for (const row of records) {
      const labelled = labelledByCsId.get(Number(row.csId))
      for (const field of FIELDS) {
        const label = text(labelled?.[field])
        if (id(row[field]) && label) this.#labels.set(`${field}/${id(row[field])}`, label)
      }
    }
    this.#learntAtMs = performance.now()
  }
}
