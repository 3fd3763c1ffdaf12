import type { Dice } from '../../src/emulator/random.ts'
import { anyOf, CANARY } from './values.ts'

const PIECES = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '...',
    '@',
    ':',
    '$',
    '!',
    '|',
    '&',
    '"',
    '"""',
    '#',
    ',',
    '\0',
  ],
  ...['query', 'mutation', 'subscription', 'fragment', 'on', 'null', 'true', '__schema', '__type'],
  ...['__typename', 'remoteRecords', 'nodes', 'edges', 'node', '...F1', '@include(if: true)'],
  ...[
    'first: 1',
    'id: "1"',
    '1e999',
    '-',
    '0x1',
    `"${CANARY}"`,
    '\ufeff',
    '\ud800',
    'ａ',
    '\u202e',
  ],
]

const TOKEN = /\w+|\.\.\.|"[^"]*"|\s+|[^\s\w]/g

/** A document with some of its tokens gone, doubled, moved or replaced. */
export function mutate(text: string, dice: Dice): string {
  const tokens = text.match(TOKEN) ?? []
  for (let left = dice.between(1, 5); left > 0; left -= 1) mutateOnce(tokens, dice)
  return tokens.join('')
}

function mutateOnce(tokens: string[], dice: Dice): void {
  const at = dice.below(tokens.length + 1)
  const kind = dice.below(6)
  if (kind === 0) tokens.splice(at, dice.between(1, 3))
  if (kind === 1) tokens.splice(at, 0, anyOf(dice, PIECES) ?? '')
  if (kind === 2) tokens.splice(at, 1, anyOf(dice, PIECES) ?? '')
  if (kind === 3) tokens.splice(at, 0, ...tokens.slice(at, at + dice.between(1, 30)))
  if (kind === 4) tokens.splice(dice.below(tokens.length + 1), 0, ...tokens.splice(at, 5))
  if (kind === 5) {
    const piece = `${tokens[at] ?? ''} `
    tokens.splice(at, 1, piece.repeat(dice.oneIn(10) ? 1200 : dice.between(2, 120)))
  }
}

/** Bytes with some of them changed. */
export function corrupt(bytes: Buffer, dice: Dice): Buffer {
  const corrupted = Buffer.from(bytes)
  for (let left = dice.between(1, 8); left > 0 && corrupted.length > 0; left -= 1)
    corrupted[dice.below(corrupted.length)] = dice.below(256)
  return dice.oneIn(4) ? corrupted.subarray(0, dice.below(corrupted.length + 1)) : corrupted
}

const TAKES_A_TEXT = [
  'remoteRecords(createdOn: "TEXT") { totalCount }',
  'remoteRecords(createdOn: {from: "TEXT"}) { totalCount }',
  'remoteRecords(after: "TEXT") { totalCount }',
  'remoteRecords(order: "TEXT") { totalCount }',
  'remoteRecord(csId: "TEXT") { csId }',
  'node(id: "TEXT") { id }',
  'client(uniqueNumber: "TEXT") { uniqueNumber }',
]

/** What error messages say, and what patterns may stumble over. */
const LONG_PARTS = [
  ...[' cannot represent non ', ' Did you mean ', ' found ', 'Value ', ' does not exist in '],
  ...['Syntax Error: String ', ' ', '0', '1-', 'A', '=', '一', '\\"', '\\n', '%2e', '2026-01-'],
]

/** Documents that are small as text and large for whoever walks them. */
export function explosive(dice: Dice): string {
  const count = dice.between(2, 60)
  const parts = (partAt: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => partAt(at)).join(' ')
  const spreads = (at: number) => `...F${at} `.repeat(dice.between(1, 3))
  const long = () => (anyOf(dice, LONG_PARTS) ?? '').repeat(dice.below(4000)).slice(0, 60_000)
  const kinds = [
    () => `{ ...F0 } ${parts(at => `fragment F${at} on Query { ${spreads(at + 1)} }`)}`,
    () => `{ ...F0 } ${parts(at => `fragment F${at} on Query { ${spreads(dice.below(count))} }`)}`,
    () =>
      `{ __schema { ...F0 } } ${parts(at => `fragment F${at} on __Schema { types { name } ${spreads(at + 1)} }`)}`,
    () => `{ __schema { types { ${parts(() => 'fields { type {')} name ${parts(() => '} }')} } } }`,
    () => `{ ${parts(at => `a${at}: remoteRecords(first: ${at}) { totalCount }`)} }`,
    () => `{ remoteRecords(first: 1) { nodes { ${parts(() => 'agent { servicerId }')} } } }`,
    () =>
      `{ remoteRecords(first: 1) { nodes { ${parts(at => `a: agent { b${at}: servicerId }`)} } } }`,
    () => `{ ${parts(() => '... { ... {')} __typename ${parts(() => '} }')} }`,
    () => `query (${parts(at => `$v${at}: Int = ${at}`)}) { __typename }`,
    () =>
      `{ remoteRecords(createdOn: ${'{from: '.repeat(count)}1${'}'.repeat(count)}) { totalCount } }`,
    () => `{ ${anyOf(dice, TAKES_A_TEXT)?.replace('TEXT', long())} }`,
    () =>
      `{ remoteRecords(first: ${count}) { nodes { agent { remoteRecords(first: 60) { nodes { ${parts(at => `a${at}: ${anyOf(dice, ['description', 'contactName'])}`)} } } } } } }`,
    () => `{ nodes(ids: [${parts(() => `"${CANARY}"`)}]) { id } }`,
    () => parts(at => `query Q${at} { __typename }`),
    () => `{ __typename ${parts(() => '@skip(if: false)')} }`,
  ]
  return anyOf(dice, kinds)?.() ?? ''
}
