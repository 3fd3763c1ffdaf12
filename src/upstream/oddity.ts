/** What an answer may have that the vendor's page does not say, and that is read all the same. */
export const ODDITY_KINDS = [
  'unknown-enumeration-value',
  'unreadable-field',
  'row-without-csid',
  'unreadable-row',
  'custom-field-without-key',
  'unusable-count',
  'tolerated-json',
] as const

export type OddityKind = (typeof ODDITY_KINDS)[number]

export type OnOddity = (kind: OddityKind) => void
