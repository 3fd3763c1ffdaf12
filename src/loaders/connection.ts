import DataLoader from 'dataloader'

/** How much of a list is wanted, in rows. */
interface Sized {
  readonly limit: number
}

/** How a kind of list is read. */
interface ConnectionSource<Key, Wish extends Sized, Slice, Count = number> {
  nameOf(key: Key): string
  slice(key: Key, wish: Wish): Promise<Slice>
  count(key: Key): Promise<Count>
}

/** Parts and lengths of lists. What is asked of one list at the same time shares its pages. */
export interface ConnectionLoader<Key, Wish extends Sized, Slice, Count = number> {
  slice(key: Key, wish: Wish): Promise<Slice>
  count(key: Key): Promise<Count>
}

export function createConnectionLoader<Key, Wish extends Sized, Slice, Count = number>(
  source: ConnectionSource<Key, Wish, Slice, Count>,
): ConnectionLoader<Key, Wish, Slice, Count> {
  const nameOf = ({ key }: { readonly key: Key }) => source.nameOf(key)
  const running = new Map<string, Promise<Slice>[]>()

  const slices = new DataLoader<{ key: Key; wish: Wish }, Slice, string>(
    async asks => {
      // The largest part comes first, because the pages that it reads also hold what smaller parts
      // need.
      const bySize = [...asks.entries()].sort(([, a], [, b]) => b.wish.limit - a.wish.limit)
      const results: Promise<Slice>[] = []
      for (const [at, ask] of bySize) {
        const result = source.slice(ask.key, ask.wish)
        results[at] = result
        running.set(nameOf(ask), [...(running.get(nameOf(ask)) ?? []), result])
      }
      return Promise.all(results.map(orError))
    },
    { cacheKeyFn: ask => `${nameOf(ask)} ${JSON.stringify(ask.wish)}` },
  )

  // A length is taken from the pages from which parts of the same list were cut, if there are any.
  // So it waits for the parts wanted in the same tick, which start first.
  const counts = new DataLoader<Key, Count, string>(
    keys => Promise.all(keys.map(key => orError(countAfterSlices(key)))),
    { cacheKeyFn: key => source.nameOf(key), batchScheduleFn: start => setImmediate(start) },
  )

  async function countAfterSlices(key: Key): Promise<Count> {
    const slices = running.get(source.nameOf(key)) ?? []
    const outcomes = await Promise.allSettled(slices)
    // If the list could not be read at all, it is not read once more for its length.
    if (outcomes.length > 0 && outcomes.every(({ status }) => status === 'rejected'))
      await slices[0]
    return source.count(key)
  }

  return {
    slice: (key, wish) => slices.load({ key, wish }),
    count: key => counts.load(key),
  }
}

/** If one key fails, it fails alone: its error is its value. */
const orError = <Value>(result: Promise<Value>): Promise<Value | Error> =>
  result.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
