import { toAttachments } from './attachments.ts'
import type { OnOddity } from './oddity.ts'
import { type Decoded, isBlank, isWireObject, toText } from './wire/wire.ts'
import { toList } from './wire/wire-list.ts'

/** A field that the vendor's customer added; of a record or of a summary. */
export interface CustomFieldResource {
  readonly key: string
  /**
   * A checkbox is `1`, a drop-down the option's text; a JSON number or boolean is its spelling, and
   * the values of a list have commas between them.
   */
  readonly value: string | null
  /** Download URLs if the value is nothing but such, separated by commas; else empty. */
  readonly attachments: readonly string[]
}

/** The upstream's name of the field that holds them, in records and summaries alike. */
const FIELD = 'custom_fields'

/**
 * The fields of a list of keys and values, or of a map. An entry without a key is left out; whatever
 * cannot be read is reported.
 */
export function toCustomFields(value: unknown, onOddity: OnOddity): CustomFieldResource[] {
  if (isBlank(value)) return []
  const entries = Array.isArray(value) ? value : toEntries(value)
  if (entries) return entries.flatMap(entry => toCustomField(entry, onOddity))
  onOddity('unreadable-field', FIELD)
  return []
}

/** Of a map: its names are the fields' keys, unless it is a list with numbers for names, or an entry. */
function toEntries(map: unknown): readonly unknown[] | undefined {
  if (!isWireObject(map)) return undefined
  if ('key' in map) return 'value' in map ? [map] : undefined
  const list = toList(map)
  if (list?.every(isWireObject)) return list
  return Object.entries(map).map(([key, value]) =>
    isWireObject(value) && 'value' in value ? { key, ...value } : { key, value },
  )
}

function toCustomField(entry: unknown, onOddity: OnOddity): CustomFieldResource | [] {
  const key = isWireObject(entry) ? toText(entry.key) : undefined
  if (!isWireObject(entry) || !key) {
    onOddity('custom-field-without-key', FIELD)
    return []
  }
  const onUnreadable = () => onOddity('unreadable-field', FIELD)
  const texts = (toList(entry.value) ?? [entry.value]).map(toValueText)
  if (texts.includes(undefined)) {
    onUnreadable()
    return { key, value: null, attachments: [] }
  }
  const values = texts.filter(text => text != null)
  const urls = values.map(text => toAttachments(text, onUnreadable))
  return {
    key,
    value: values.length === 0 ? null : values.join(','),
    attachments: urls.every(each => each.length > 0) ? urls.flat() : [],
  }
}

const toValueText = (value: unknown): Decoded<string> =>
  typeof value === 'boolean' ? String(value) : toText(value)
