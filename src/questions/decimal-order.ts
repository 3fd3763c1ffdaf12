/**
 * Less than, equal to or greater than 0, as one amount is less than, equal to or greater than the
 * other. Amounts are spelt without exponent, such as `234.00` or `-0.5`; no digit of them is lost.
 */
export function compareDecimals(one: string, other: string): number {
  const places = Math.max(placesOf(one), placesOf(other))
  const difference = scaled(one, places) - scaled(other, places)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

const placesOf = (amount: string): number => amount.split('.')[1]?.length ?? 0

const scaled = (amount: string, places: number): bigint => {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}
