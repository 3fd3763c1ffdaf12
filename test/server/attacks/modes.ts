import { ADMINISTRATOR } from '../../../src/emulator/answers/accounts.ts'
import { SCOPES } from '../../../src/schema/access/scopes.ts'
import { type Issuer, startIssuer } from '../callers/issuer.ts'
import type { GatewayChoices } from '../gateway.ts'

/** How a gateway knows its callers. */
export const MODES = ['open', 'passthrough', 'jwt'] as const
export type Mode = (typeof MODES)[number]

export interface ModeSetup extends AsyncDisposable {
  readonly choices: GatewayChoices
  /** What a caller brings who may read everything. */
  readonly headers: Readonly<Record<string, string>>
}

const DAY_SECONDS = 86_400

export async function setUp(mode: Mode): Promise<ModeSetup> {
  if (mode === 'jwt') return withTokens(await startIssuer())
  const isProduction = { sharedAccount: null, passthrough: { isProduction: true } }
  return {
    choices: mode === 'passthrough' ? isProduction : {},
    headers: mode === 'passthrough' ? { authorization: basic(ADMINISTRATOR) } : {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

async function withTokens(issuer: Issuer): Promise<ModeSetup> {
  const exp = Math.floor(Date.now() / 1000) + DAY_SECONDS
  const token = await issuer.token({ scope: SCOPES.join(' '), exp })
  return {
    choices: { jwt: issuer.expected },
    headers: { authorization: `Bearer ${token}` },
    [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose](),
  }
}

export const basic = ({ account, password }: Record<'account' | 'password', string>): string =>
  `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`
