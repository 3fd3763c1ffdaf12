/**
 * How many rows an answer gives: the nodes of its lists, and each record that was looked up. A list
 * that is given twice, such as that of an agent who handled two of the records, counts once: it is
 * one part of the upstream's data.
 */
export function rowsGiven(data: unknown): number {
  const lists = new Map<string, number>()
  let lookedUp = 0
  visit(data)
  return lookedUp + [...lists.values()].reduce((total, length) => total + length, 0)

  function visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [field, inner] of Object.entries(value)) {
      if (field === 'nodes' && Array.isArray(inner)) lists.set(JSON.stringify(inner), inner.length)
      if (field === 'remoteRecord' && inner !== null) lookedUp += 1
      visit(inner)
    }
  }
}
