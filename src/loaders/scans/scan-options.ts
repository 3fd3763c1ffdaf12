import type { UpstreamSession } from '../../upstream/client.ts'
import type { OnOddity } from '../../upstream/oddity.ts'
import type { RecordListKey } from '../remote-record-lists.ts'
import type { ScanWay } from './scan-way.ts'

export interface ScanOptions {
  readonly key: RecordListKey
  readonly way: ScanWay
  /** Nothing is read that was asked for before, in milliseconds since 1970. Default: no limit. */
  readonly notBeforeMs?: number | undefined
  /** Is told of each oddity too. */
  readonly onOddity?: OnOddity | undefined
}

/** The price in upstream calls: those that were made, and those that are still needed. */
export interface ScanPrice {
  readonly records: number
  readonly made: number
  readonly further: number
}

/** The same session, whose oddities somebody else is told of too. */
export const withOddities = (session: UpstreamSession, onOddity: OnOddity): UpstreamSession => ({
  ...session,
  oddity: endpoint => {
    const own = session.oddity(endpoint)
    return (...oddity) => {
      own(...oddity)
      onOddity(...oddity)
    }
  },
})
