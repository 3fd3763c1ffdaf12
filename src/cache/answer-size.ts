/** Rough figures of V8 on 64 bits, with pointers of 8 bytes. */
const BYTES_OF_A_VALUE = 8
const BYTES_OF_A_TEXT = 24
const BYTES_OF_AN_OBJECT = 56
/** What is held beside the body: its name and its times. */
const BYTES_OF_AN_ENTRY = 600

/** About how many bytes of memory parsed JSON takes. Looks at each value once, however deep it is nested. */
export function bytesOf(json: unknown): number {
  let bytes = BYTES_OF_AN_ENTRY
  const open = [json]
  const add = (value: unknown) => {
    bytes += BYTES_OF_A_VALUE
    // Texts beyond Latin take two bytes for each character, and most of these are Chinese.
    if (typeof value === 'string') bytes += BYTES_OF_A_TEXT + value.length * 2
    else if (typeof value === 'object' && value !== null) open.push(value)
  }
  while (open.length > 0) {
    const value = open.pop()
    bytes += BYTES_OF_AN_OBJECT
    // To make a list of an object's values first would take several times as long.
    if (Array.isArray(value)) for (const each of value) add(each)
    else if (isMap(value)) for (const name in value) add(value[name])
    else add(value)
  }
  return bytes
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
