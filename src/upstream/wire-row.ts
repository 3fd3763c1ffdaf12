import { toDecimal } from './decimal.ts'
import { toInstant } from './instant.ts'
import type { OddityKind, OnOddity } from './oddity.ts'
import {
  type Decoded,
  isAbsent,
  toFlag,
  toId,
  toIdText,
  toText,
  toUrl,
  toWholeNumber,
  type WireObject,
} from './wire.ts'

/**
 * One JSON object of the upstream, whose fields are decoded when they are read. What cannot be read
 * is "no value" for that field, and told to `onOddity` once.
 */
export class WireRow {
  readonly #fields: WireObject
  readonly #onOddity: OnOddity
  #toldFields: Set<string> | undefined

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

  id(field: string): number | null {
    return this.#decode(field, toId)
  }

  idText(field: string): string | null {
    return this.#decode(field, toIdText)
  }

  flag(field: string): boolean | null {
    return this.#decode(field, toFlag)
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

  /** The name at the field's number, else UNKNOWN; undefined where there is no value. */
  enumerated<Name>(
    field: string,
    names: readonly (Name | undefined)[],
  ): Name | 'UNKNOWN' | undefined {
    const value = this.#fields[field]
    if (isAbsent(value)) return undefined
    const name = names[toWholeNumber(value) ?? -1]
    if (name !== undefined && name !== 'UNKNOWN') return name
    this.#tell(field, 'unknown-enumeration-value')
    return 'UNKNOWN'
  }

  /** The field as it came, for what is more than one value. */
  raw(field: string): unknown {
    return this.#fields[field]
  }

  #decode<Value>(field: string, decode: (value: unknown) => Decoded<Value>): Value | null {
    const value = decode(this.#fields[field])
    if (value === undefined) this.#tell(field, 'unreadable-field')
    return value ?? null
  }

  #tell(field: string, kind: OddityKind): void {
    this.#toldFields ??= new Set()
    if (this.#toldFields.has(field)) return
    this.#toldFields.add(field)
    this.#onOddity(kind)
  }
}
