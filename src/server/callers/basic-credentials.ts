import type { Account } from '../../config.ts'
import { Secret } from '../../secret.ts'

const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2})$/i
const CONTROL_CHARACTER = /\p{Cc}/u

/**
 * The account in an `Authorization` header of a request, given every occurrence of the header.
 * Undefined unless it is exactly one, of the Basic scheme (RFC 7617) and well-formed throughout.
 */
export function parseBasicCredentials(headers: readonly string[]): Account | undefined {
  const [header, ...repeated] = headers
  const encoded = BASIC.exec(header ?? '')?.[1]
  if (encoded === undefined || repeated.length > 0) return undefined
  const pair = decode(encoded)
  const colonAt = pair?.indexOf(':') ?? -1
  // Without a colon, or with nothing before it, there is no account name.
  if (pair === undefined || colonAt < 1 || CONTROL_CHARACTER.test(pair)) return undefined
  return { account: pair.slice(0, colonAt), password: new Secret(pair.slice(colonAt + 1)) }
}

function decode(encoded: string): string | undefined {
  const bytes = Buffer.from(encoded, 'base64')
  // Node's decoder skips what it cannot read, so the bytes have to encode to the same text again.
  if (bytes.toString('base64') !== encoded) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
