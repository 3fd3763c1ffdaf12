import { InvalidCursorError } from '../history/cursor.ts'
import type { SliceWish } from '../history/record-slice.ts'
import { BadUserInputError } from './bad-user-input.ts'
import { builder } from './builder.ts'

const MAX_PAGE = 100
export const DEFAULT_PAGE = 20

/** What routers are told in `@listSize` of a field that gives a connection. */
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
      description: `How many from the start, or after \`after\`: 1 to ${MAX_PAGE}. ${DEFAULT_PAGE} where neither first nor last is given.`,
    }),
    after: t.string({ description: 'Only what comes after this cursor.' }),
    last: t.int({
      description: `How many from the end, or before \`before\`: 1 to ${MAX_PAGE}. Not together with first.`,
    }),
    before: t.string({ description: 'Only what comes before this cursor.' }),
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
  return {
    limit: first ?? last ?? DEFAULT_PAGE,
    isFromEnd: last != null,
    after: readCursor('after', after, parseCursor),
    before: readCursor('before', before, parseCursor),
  }
}

function assertPageSize(name: string, size: number | null | undefined): void {
  if (size == null || (size >= 1 && size <= MAX_PAGE)) return
  throw new BadUserInputError(`${name} must be from 1 to ${MAX_PAGE}; it is ${size}.`)
}

function readCursor<Cursor>(
  name: string,
  text: string | null | undefined,
  parseCursor: (text: string) => Cursor,
): Cursor | undefined {
  if (text == null) return undefined
  try {
    return parseCursor(text)
  } catch (error) {
    if (!(error instanceof InvalidCursorError)) throw error
    throw new BadUserInputError(`${name} must be a cursor that this list gave.`)
  }
}
