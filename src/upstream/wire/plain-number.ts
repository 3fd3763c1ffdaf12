/**
 * A finite number without an exponent: 1e25 as its 26 digits, 1e-7 as `0.0000001`. Numbers of 16
 * digits and more come as texts (bodies/json.ts), so that a double has all digits of the others.
 */
export function toPlainNumber(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  const [mantissa = '', exponent] = text.replace(/^-/, '').split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const by = Number(exponent)
  const plain =
    by > 0
      ? whole + fraction.padEnd(by, '0')
      : `0.${(whole + fraction).padStart(whole.length + fraction.length - by - 1, '0')}`
  return value < 0 ? `-${plain}` : plain
}
