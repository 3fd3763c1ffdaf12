import { ADMINISTRATOR, SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import type { Dice } from '../../src/emulator/random.ts'
import { SCOPES } from '../../src/schema/access/scopes.ts'
import { basic, type Mode } from '../server/attacks/modes.ts'
import { rawToken, startIssuer } from '../server/callers/issuer.ts'
import type { GatewayChoices } from '../server/gateway.ts'
import { anyOf, CANARY } from './values.ts'

/** What a caller brings, and what it may have for that. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  /** Undefined if it may have nothing at all. */
  readonly scopes: readonly string[] | undefined
}

/** Right and wrong callers of a gateway that knows them in one of the ways. */
export interface FuzzCallers extends AsyncDisposable {
  readonly choices: GatewayChoices
  credentials(dice: Dice): Credentials
}

const ALL: readonly string[] = SCOPES

export function createCallers(mode: Mode): FuzzCallers | Promise<FuzzCallers> {
  if (mode === 'passthrough') return callersWithAccounts()
  return mode === 'jwt' ? callersWithTokens() : callersWithNothing()
}

const callersWithNothing = (): FuzzCallers => ({
  choices: {},
  credentials: () => ({ headers: {}, scopes: ALL }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
})

/** Wrong ones come from many addresses, so that most are passed on. */
const callersWithAccounts = (): FuzzCallers => ({
  choices: { sharedAccount: null, passthrough: { isProduction: true, trustedProxies: 1 } },
  credentials(dice) {
    const address = `192.0.2.${dice.below(250)}`
    const right = dice.oneIn(3) ? SUMMARY_AGENT : ADMINISTRATOR
    const accepted = basic(right)
    const wrong = [
      basic({ account: `${CANARY}${dice.below(1000)}`, password: 'wrong' }),
      basic({ account: ADMINISTRATOR.account, password: 'wrong' }),
      basic({ ...ADMINISTRATOR, account: `${ADMINISTRATOR.account}\r\nX` }),
      `Basic ${Buffer.from(CANARY).toString('base64')}`,
      accepted.slice(0, -dice.between(5, 9)),
      accepted.replace('Basic', 'Bearer'),
      'Basic',
    ]
    const isRight = !dice.oneIn(4)
    const authorization = isRight ? accepted : anyOf(dice, wrong)
    return {
      headers: { 'x-forwarded-for': address, ...(authorization && { authorization }) },
      scopes: isRight ? ALL : undefined,
    }
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
})

const DAY_SECONDS = 86_400

async function callersWithTokens(): Promise<FuzzCallers> {
  const issuer = await startIssuer()
  const nowSeconds = Math.floor(Date.now() / 1000)
  const tokenOf = (claims: Record<string, unknown>, header = {}) =>
    issuer.token({ exp: nowSeconds + 30 * DAY_SECONDS, ...claims }, header)
  const allowed = [ALL, ...ALL.map(each => [each]), ...ALL.map(without), ['openid'], []]
  const right = await Promise.all(
    allowed.map(async scopes => ({ scopes, token: await tokenOf({ scope: scopes.join(' ') }) })),
  )
  const scope = ALL.join(' ')
  const [whole = ''] = right.map(({ token }) => token)
  const [head = '', claims = '', signature = ''] = whole.split('.')
  const wrong = [
    ...(await Promise.all([
      tokenOf({ scope, exp: nowSeconds - DAY_SECONDS }),
      tokenOf({ scope, exp: undefined }),
      tokenOf({ scope, nbf: nowSeconds + DAY_SECONDS * 20 }),
      tokenOf({ scope, aud: CANARY }),
      tokenOf({ scope, iss: CANARY }),
      tokenOf({ scope }, { kid: CANARY }),
    ])),
    rawToken({ alg: 'none' }, { scope, iss: issuer.expected.issuer }),
    rawToken({ alg: 'HS256', kid: 'key 0' }, { scope }, signature),
    `${head}.${Buffer.from(JSON.stringify({ scope })).toString('base64url')}.${signature}`,
    `${head}.${claims}.`,
    `${head}.${claims}`,
    CANARY.slice(1, -1),
  ]

  return {
    choices: { jwt: issuer.expected },
    credentials(dice) {
      if (dice.oneIn(5)) {
        const token = anyOf(dice, wrong)
        return { headers: token ? { authorization: `Bearer ${token}` } : {}, scopes: undefined }
      }
      const { token, scopes } = anyOf(dice, right) ?? { token: whole, scopes: ALL }
      return { headers: { authorization: `Bearer ${token}` }, scopes }
    },
    [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose](),
  }
}

const without = (scope: string) => ALL.filter(each => each !== scope)
