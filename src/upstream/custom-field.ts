import type { OnOddity } from './oddity.ts'
import { isAbsoluteUrl, isWireObject } from './wire.ts'
import { WireRow } from './wire-row.ts'

/** A field that the vendor's customer added; of a record or of a summary. */
export interface CustomFieldResource {
  readonly key: string
  /** A checkbox is `1`, a drop-down the option's text; a JSON number or boolean is its spelling. */
  readonly value: string | null
  /** Download URLs, where the value is nothing but such, separated by commas; else empty. */
  readonly attachments: readonly string[]
}

const URLS = /^\s*https?:\/\/[^,\s]+(?:\s*,\s*https?:\/\/[^,\s]+)*\s*$/i

/** Anything but a list is "no fields"; an entry without a key is left out and told. */
export function toCustomFields(value: unknown, onOddity: OnOddity): CustomFieldResource[] {
  return Array.isArray(value) ? value.flatMap(entry => toCustomField(entry, onOddity)) : []
}

function toCustomField(entry: unknown, onOddity: OnOddity): CustomFieldResource | [] {
  const row = isWireObject(entry) ? new WireRow(entry, onOddity) : undefined
  const key = row?.text('key')
  if (!row || !key) {
    onOddity('custom-field-without-key')
    return []
  }
  const raw = row.raw('value')
  const value = typeof raw === 'boolean' ? String(raw) : row.text('value')
  return { key, value, attachments: toAttachments(value) }
}

function toAttachments(value: string | null): string[] {
  if (value === null || !URLS.test(value)) return []
  const urls = value.split(',').map(url => url.trim())
  return urls.every(isAbsoluteUrl) ? urls : []
}
