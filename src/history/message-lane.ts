import type { MessagePage, SeenMessage } from './chat-page.ts'

/** A message on the way of a walk. Positions rise with the walk; from the newest on, they are negative. */
export interface Step<Message> extends SeenMessage<Message> {
  readonly position: number
}

/** A page in the order of the walk. */
export interface Lane<Message> {
  readonly page: MessagePage<Message>
  readonly steps: readonly Step<Message>[]
  /** Its first position, and the one after its last. */
  readonly start: number
  readonly end: number
  /** Whether the walk's order begins, or ends, with this page. */
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** How far a walk has come. */
export interface Walk<Message> {
  /** Neighbours in the order of the walk: what was found, and what was seen around it. */
  readonly trail: readonly Step<Message>[]
  /** Where in the trail the messages that were found begin. */
  readonly begin: number
  /** Where the last message of the trail is, as pages show it; undefined if nothing is known. */
  readonly place: Range | undefined
  /** The page that it came to last. */
  readonly last: Lane<Message> | undefined
}

/** Positions `from` to `to`, both inclusive: hidden messages leave open where a shown one is. */
export interface Range {
  readonly from: number
  readonly to: number
}

export function lanesOf<Message>(
  pages: readonly MessagePage<Message>[],
  isFromEnd: boolean,
): readonly Lane<Message>[] {
  const lanes = pages.map(page => {
    const { messages, start, end, hasOldest, hasNewest } = page
    if (!isFromEnd) {
      const steps = messages.map(({ row, index }) => ({ row, index, position: index }))
      return { page, steps, start, end, isFirst: hasOldest, isLast: hasNewest }
    }
    const steps = messages.map(({ row, index }) => ({ row, index, position: -index })).reverse()
    return { page, steps, start: 1 - end, end: 1 - start, isFirst: hasNewest, isLast: hasOldest }
  })
  return isFromEnd ? lanes.reverse() : lanes
}
