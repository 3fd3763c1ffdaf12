import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { SCOPES } from '../../src/schema/access/scopes.ts'
import { basic } from '../server/attacks/modes.ts'
import { startIssuer } from '../server/callers/issuer.ts'
import { type Comparison, compareBoth } from './compare.ts'
import { startGateway, TYPENAME } from './contender.ts'
import { OPERATIONS } from './operations.ts'
import type { Options } from './options.ts'
import { startUpstream } from './upstream.ts'

/** What makes a gateway safer, and may take time. */
interface Protection {
  readonly title: string
  readonly environment: Readonly<Record<string, string>>
  /** What callers bring. */
  readonly headers: Readonly<Record<string, string>>
}

/** An operation that reads contacts, and one that reads nothing. */
const MEASURED = ['records', TYPENAME.name]
const DAY_SECONDS = 86_400

/** The gateway with each protection, beside the same gateway where everyone may ask and nobody notes it. */
export async function measureSafety(
  options: Options,
  tell: (progress: string) => void,
): Promise<Comparison[]> {
  const operations = OPERATIONS.filter(
    ({ name }) => MEASURED.includes(name) && name.startsWith(options.only),
  )
  await using upstream = await startUpstream()
  await using issuer = await startIssuer()
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const exp = Math.floor(Date.now() / 1000) + DAY_SECONDS
    const token = await issuer.token({ scope: SCOPES.join(' '), exp })
    const protections = protectionsOf(issuer.expected, token, join(folder, 'audit.jsonl'))
    const comparisons: Comparison[] = []
    for (const { title, environment, headers } of protections) {
      for (const operation of operations) {
        tell(`safety, ${title}, ${operation.title}`)
        await using safe = await startGateway(options, upstream.url, TYPENAME, environment, headers)
        await using open = await startGateway(options, upstream.url)
        const comparison = await compareBoth(safe, open, operation, upstream, options)
        comparisons.push({ ...comparison, title: `${title}: ${operation.title}` })
      }
    }
    return comparisons
  } finally {
    await rm(folder, { recursive: true })
  }
}

const protectionsOf = (
  { issuer, audience, jwksUrl }: Record<'issuer' | 'audience' | 'jwksUrl', string>,
  token: string,
  auditLog: string,
): readonly Protection[] => [
  // What two processes of one program differ by, on this machine now.
  { title: 'none', environment: {}, headers: {} },
  {
    title: 'accounts',
    environment: { CALLERS: 'passthrough' },
    headers: { authorization: basic(ADMINISTRATOR) },
  },
  {
    title: 'tokens with scopes',
    environment: {
      CALLERS: 'jwt',
      JWT_ISSUER: issuer,
      JWT_AUDIENCE: audience,
      JWT_JWKS_URL: jwksUrl,
    },
    headers: { authorization: `Bearer ${token}` },
  },
  {
    title: 'an audit',
    environment: { AUDIT_LOG: auditLog, AUDIT_KEY: 'a key of the benchmark, which is no secret' },
    headers: {},
  },
]
