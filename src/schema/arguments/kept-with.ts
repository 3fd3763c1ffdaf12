/**
 * Computes something of an object once, and keeps it as long as the object is there. For what nothing
 * changes, such as a field's arguments, which the executor shares among all objects of a selection.
 *
 * What is kept must not refer to a request: V8 would keep that, too, until the old generation is collected.
 */
export function keptWith<Key extends object, Value>(
  compute: (key: Key) => Value,
): (key: Key) => Value {
  const kept = new WeakMap<Key, { readonly value: Value }>()
  return key => {
    const known = kept.get(key)
    if (known) return known.value
    const value = compute(key)
    kept.set(key, { value })
    return value
  }
}
