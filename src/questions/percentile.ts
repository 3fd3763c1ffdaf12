/**
 * By nearest rank: the least of the sorted values that at least p per cent of them do not exceed.
 * Undefined if there are none.
 */
export const percentile = (sorted: Int32Array, p: number): number | undefined =>
  sorted[Math.max(1, rankOf(p, sorted.length)) - 1]

/** p · n ÷ 100, rounded up. Fractions of doubles are not exact: 99.9 · 1000 is more than 99900. */
function rankOf(p: number, n: number): number {
  const text = String(p)
  // Only the least of them have an exponent: they are of the first value.
  if (text.includes('e')) return 1
  const [whole = '', fraction = ''] = text.split('.')
  const hundred = 100n * 10n ** BigInt(fraction.length)
  return Number((BigInt(whole + fraction) * BigInt(n) + hundred - 1n) / hundred)
}
