import DataLoader from 'dataloader'

/** How a kind of list is read. */
export interface ConnectionSource<Key, Wish, Slice> {
  nameOf(key: Key): string
  slice(key: Key, wish: Wish): Promise<Slice>
  count(key: Key): Promise<number>
}

/** Parts and lengths of lists. What is asked of one list at the same time shares its pages. */
export interface ConnectionLoader<Key, Wish, Slice> {
  slice(key: Key, wish: Wish): Promise<Slice>
  count(key: Key): Promise<number>
}

export function createConnectionLoader<Key, Wish, Slice>(
  source: ConnectionSource<Key, Wish, Slice>,
): ConnectionLoader<Key, Wish, Slice> {
  const nameOf = ({ key }: { readonly key: Key }) => source.nameOf(key)
  const running = new Map<string, Promise<Slice>[]>()

  const slices = new DataLoader<{ key: Key; wish: Wish }, Slice, string>(
    asks => {
      const results = asks.map(({ key, wish }) => source.slice(key, wish))
      asks.forEach((ask, index) => {
        const result = results[index]
        if (result) running.set(nameOf(ask), [...(running.get(nameOf(ask)) ?? []), result])
      })
      return Promise.all(results.map(orError))
    },
    { cacheKeyFn: ask => `${nameOf(ask)} ${JSON.stringify(ask.wish)}` },
  )

  // A length is taken from the pages that slices of the same list were cut from, where there are
  // any: so it waits for the slices asked for in the same tick, which start first.
  const counts = new DataLoader<Key, number, string>(
    keys => Promise.all(keys.map(key => orError(countAfterSlices(key)))),
    { cacheKeyFn: key => source.nameOf(key), batchScheduleFn: start => setImmediate(start) },
  )

  async function countAfterSlices(key: Key): Promise<number> {
    const slices = running.get(source.nameOf(key)) ?? []
    const outcomes = await Promise.allSettled(slices)
    // Where the list could not be read at all, its length is not asked for once more.
    if (outcomes.length > 0 && outcomes.every(({ status }) => status === 'rejected'))
      await slices[0]
    return source.count(key)
  }

  return {
    slice: (key, wish) => slices.load({ key, wish }),
    count: key => counts.load(key),
  }
}

/** One failed key fails alone: its error is its value. */
const orError = <Value>(result: Promise<Value>): Promise<Value | Error> =>
  result.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
