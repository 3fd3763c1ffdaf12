import type { RecordCursor } from '../history/cursor.ts'
import type { Towards } from '../history/lists/numbered-list.ts'
import { sliceRecords } from '../history/lists/record-slice.ts'
import type { SliceWish } from '../history/slice.ts'
import { CallAllowanceError } from './call-allowance.ts'
import type { RemoteRecordLists } from './remote-record-lists.ts'

type List = ReturnType<RemoteRecordLists['list']>

/** Without further calls, the pages that were read before are sliced as far as they go. */
export function passOnUnlessUsedUp(error: unknown): void {
  if (!(error instanceof CallAllowanceError)) throw error
}

/**
 * Reads the records wanted. If the calls are used up before, gives the records that the pages read
 * for it show: small pages may be more than there are calls for.
 */
export async function sliceOrKnown(list: List, towards: Towards, wish: SliceWish<RecordCursor>) {
  let interruption: CallAllowanceError | undefined
  for (let limit = wish.limit; ; limit >>= 1) {
    try {
      return { slice: await sliceRecords(list, towards, { ...wish, limit }), interruption }
    } catch (error) {
      if (!(error instanceof CallAllowanceError) || limit === 1) throw error
      interruption = error
    }
  }
}
