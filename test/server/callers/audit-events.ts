import { createHash } from 'node:crypto'

export const CONTACTS =
  'query Contacts { remoteRecords(first: 3) { totalCount nodes { csId contactName } } }'

export const NEITHER =
  '{ remoteRecords(first: 1) { nodes { csId contactMethodMasked description } } }'

/** Whether each line has the next number, the hash of the one before, and its own. */
export function isChain(lines: readonly string[]): boolean {
  let previous = '0'.repeat(64)
  return lines.every((line, at) => {
    const event = JSON.parse(line)
    const { hash, previous_hash: before } = event.unmapped
    const bare = JSON.stringify({ ...event, unmapped: { previous_hash: before } })
    const isNext = event.metadata.sequence === at + 1 && before === previous
    previous = hash
    return isNext && hash === createHash('sha256').update(bare).digest('hex')
  })
}
