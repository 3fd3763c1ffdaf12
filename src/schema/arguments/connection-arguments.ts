import { InvalidCursorError } from '../../history/cursor.ts'
import type { SliceWish } from '../../history/slice.ts'
import { builder } from '../builder.ts'
import { BadUserInputError } from './bad-user-input.ts'

const MAX_PAGE = 100
export const DEFAULT_PAGE = 20

/** The arguments of `@listSize`, by which a router estimates the size of a connection. */
export const CONNECTION_SIZE = {
  assumedSize: DEFAULT_PAGE,
  slicingArguments: ['first', 'last'],
  sizedFields: ['edges', 'nodes'],
  requireOneSlicingArgument: false,
}

export interface ConnectionArguments {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

/** `first`, `after`, `last` and `before` for a field that gives a connection. */
export const connectionArguments = () =>
  builder.args(t => ({
    first: t.int({
      description: `How many from the start, or after \`after\`: 0 to ${MAX_PAGE}. ${DEFAULT_PAGE} if neither first nor last is given; they count from the end if only \`before\` is given.`,
    }),
    after: t.string({
      description: 'Only what comes after this cursor. An empty one counts as none.',
    }),
    last: t.int({
      description: `How many from the end, or before \`before\`: 0 to ${MAX_PAGE}. Not together with first.`,
    }),
    before: t.string({
      description: 'Only what comes before this cursor. An empty one counts as none.',
    }),
  }))

/** Checks the four arguments, and reads their cursors. */
export function parseSliceWish<Cursor>(
  { first, after, last, before }: ConnectionArguments,
  parseCursor: (text: string) => Cursor,
): SliceWish<Cursor> {
  if (first != null && last != null) {
    throw new BadUserInputError('first and last cannot be given together.')
  }
  assertPageSize('first', first)
  assertPageSize('last', last)
  const wish = {
    limit: first ?? last ?? DEFAULT_PAGE,
    after: readCursor('after', after, parseCursor),
    before: readCursor('before', before, parseCursor),
  }
  const isBeforeAlone = first == null && wish.before !== undefined && wish.after === undefined
  return { ...wish, isFromEnd: last != null || isBeforeAlone }
}

function assertPageSize(name: string, size: number | null | undefined): void {
  if (size == null || (size >= 0 && size <= MAX_PAGE)) return
  throw new BadUserInputError(`${name} must be from 0 to ${MAX_PAGE}.`)
}

function readCursor<Cursor>(
  name: string,
  text: string | null | undefined,
  parseCursor: (text: string) => Cursor,
): Cursor | undefined {
  if (!text) return undefined
  try {
    return parseCursor(text)
  } catch (error) {
    if (!(error instanceof InvalidCursorError)) throw error
    throw new BadUserInputError(`${name} must be a cursor that this list gave.`)
  }
}
