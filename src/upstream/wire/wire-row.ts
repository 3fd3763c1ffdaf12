import type { OddityKind, OnOddity } from '../oddity.ts'
import { toDecimal } from './decimal.ts'
import { toInstant } from './instant.ts'
import {
  type Decoded,
  isBlank,
  toClientName,
  toClientNumber,
  toCount,
  toFlag,
  toId,
  toIdDigits,
  toIdText,
  toText,
  toUrl,
  toVerdict,
  toWholeNumber,
  type WireObject,
} from './wire.ts'

/**
 * One JSON object of the upstream, whose fields are decoded when they are read. A value that cannot
 * be read is null, and is reported to `onOddity` once, with the name of its field.
 */
export class WireRow {
  readonly #fields: WireObject
  readonly #onOddity: OnOddity
  #reportedFields: Set<string> | undefined

  constructor(fields: WireObject, onOddity: OnOddity) {
    this.#fields = fields
    this.#onOddity = onOddity
  }

  text(field: string): string | null {
    return this.#decode(field, toText)
  }

  wholeNumber(field: string): number | null {
    return this.#decode(field, toWholeNumber)
  }

  /** As a whole number that fits GraphQL's Int. */
  count(field: string): number | null {
    return this.#decode(field, toCount)
  }

  id(field: string): number | null {
    return this.#decode(field, toId)
  }

  /** As digits, of which there may be more than a double holds. */
  idDigits(field: string): string | null {
    return this.#decode(field, toIdDigits)
  }

  idText(field: string): string | null {
    return this.#decode(field, toIdText)
  }

  clientNumber(field: string): string | null {
    return this.#decode(field, toClientNumber)
  }

  clientName(field: string): string | null {
    return this.#decode(field, toClientName)
  }

  flag(field: string): boolean | null {
    return this.#decode(field, toFlag)
  }

  verdict(field: string): boolean | null {
    return this.#decode(field, toVerdict)
  }

  decimal(field: string): string | null {
    return this.#decode(field, toDecimal)
  }

  /** RFC 3339, +08:00. */
  instant(field: string): string | null {
    return this.#decode(field, toInstant)
  }

  url(field: string): string | null {
    return this.#decode(field, toUrl)
  }

  /**
   * The name at the field's number; undefined if there is no value. UNKNOWN is a number without a
   * name, or no number at all: only the latter cannot be read.
   */
  enumerated<Name>(
    field: string,
    names: readonly (Name | undefined)[],
  ): Name | 'UNKNOWN' | undefined {
    const number = this.wholeNumber(field)
    if (number === null) return isBlank(this.#fields[field]) ? undefined : 'UNKNOWN'
    const name = names[number]
    if (name !== undefined && name !== 'UNKNOWN') return name
    this.#report(field, 'unknown-enumeration-value')
    return 'UNKNOWN'
  }

  /** The field as it came, for what is more than one value. */
  raw(field: string): unknown {
    return this.#fields[field]
  }

  /** Reports that a field could not be read, if it was not reported before. */
  reportUnreadable(field: string): void {
    this.#report(field, 'unreadable-field', field)
  }

  #decode<Value>(field: string, decode: (value: unknown) => Decoded<Value>): Value | null {
    const value = decode(this.#fields[field])
    if (value === undefined) this.reportUnreadable(field)
    return value ?? null
  }

  #report(field: string, kind: OddityKind, unreadable?: string): void {
    this.#reportedFields ??= new Set()
    if (this.#reportedFields.has(field)) return
    this.#reportedFields.add(field)
    this.#onOddity(kind, unreadable)
  }
}
