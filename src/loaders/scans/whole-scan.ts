import { type CallAllowance, CallAllowanceError } from '../call-allowance.ts'
import type { RecordScan, ScanPart } from './record-scan.ts'

/**
 * All parts of a scan. Throws CallAllowanceError if they are too dear: before the first call if the
 * list was read not long ago, else after it.
 */
export async function* wholeScan(
  scan: RecordScan,
  allowance: CallAllowance,
): AsyncGenerator<ScanPart> {
  assertAffordable(scan, allowance)
  for (let index = 0; ; index++) {
    const part = await scan.part(index)
    if (index === 0 && !part.isLast) {
      await scan.learnLength()
      assertAffordable(scan, allowance)
      scan.readAhead()
    }
    if (part.interruption) throw part.interruption
    yield part
    if (part.isLast) return
  }
}

/** The same, but drops each part once the next one is given. */
export async function* streamedScan(
  scan: RecordScan,
  allowance: CallAllowance,
): AsyncGenerator<ScanPart> {
  let index = 0
  for await (const part of wholeScan(scan, allowance)) {
    yield part
    // The next part begins behind this one.
    if (index > 0) scan.forget(index - 1)
    index += 1
  }
}

function assertAffordable(scan: RecordScan, allowance: CallAllowance): void {
  const { price } = scan
  if (!price || price.further <= allowance.left) return
  const { records, made, further } = price
  throw new CallAllowanceError(allowance.left + made, { calls: further + made, records })
}
