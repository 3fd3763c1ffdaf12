import type { Gateway } from '../gateway.ts'

/** A walk through a list of records, part by part. */
export interface ListWalk {
  /** As `first: 100` or `last: 40`. */
  readonly part: string
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST'
  /** The field that has the list, such as an agent; empty for the list of all records. */
  readonly of: string
}

/** What has gone wrong in a walk or in look-ups, in place of an answer that may be incomplete. */
export class AskingError extends Error {
  override readonly name = 'AskingError'
}

/** More parts than any walk of the tests has. */
const MOST_PARTS = 60

/** The csIds of a whole walk, in the order asked for. Throws AskingError for the first part that fails. */
export async function walkedList(
  gateway: Gateway,
  { part, order, of }: ListWalk,
): Promise<readonly string[]> {
  const isBackward = part.startsWith('last')
  const [word, end, more] = isBackward
    ? (['before', 'startCursor', 'hasPreviousPage'] as const)
    : (['after', 'endCursor', 'hasNextPage'] as const)
  const list = `remoteRecords(${part}, ${word}: $cursor, order: ${order}) {
    nodes { csId } pageInfo { ${end} ${more} }
  }`
  const csIds: string[] = []
  let cursor: string | null = null
  for (let parts = 0; parts < MOST_PARTS; parts++) {
    const query = `query ($cursor: String) { ${of ? `${of} { ${list} }` : list} }`
    const { data, failures } = await gateway.ask(query, { cursor })
    if (failures.length > 0) throw new AskingError(failures.join())
    const { nodes, pageInfo } = (of ? data.agent : data).remoteRecords
    const page = nodes.map(({ csId }: { csId: string }) => csId)
    csIds.splice(isBackward ? 0 : csIds.length, 0, ...page)
    if (!pageInfo[more]) return csIds
    cursor = pageInfo[end]
  }
  throw new AskingError('the walk does not end')
}

/** Three records that there are, and two csIds that no record has; `all` has the newest one first. */
export function lookUps(all: readonly string[]) {
  const there = [all[3], all[160], all.at(-5)]
  const absent = [Number(all[0]) + 500, Number(all.at(-1)) - 1].map(String)
  return { csIds: [...there, ...absent], found: [...there, undefined, undefined] }
}

/** What each csId has by a look-up: its record's csId. Throws AskingError if one of them fails. */
export async function lookedUp(
  gateway: Gateway,
  csIds: readonly (string | undefined)[],
): Promise<readonly (string | undefined)[]> {
  const fields = csIds.map((csId, at) => `r${at}: remoteRecord(csId: ${csId}) { csId }`)
  const { data, failures } = await gateway.ask(`{ ${fields.join(' ')} }`)
  if (failures.length > 0) throw new AskingError(failures.join())
  const found = Object.values(data as Record<string, { csId: string } | null>)
  return found.map(record => record?.csId)
}
