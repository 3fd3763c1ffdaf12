import { Refusal } from './refusal.ts'

export interface Account {
  readonly account: string
  readonly password: string
  readonly isAdministrator: boolean
}

/** May call every endpoint. */
export const ADMINISTRATOR: Account = {
  account: 'admin@example.com',
  password: 'emulated-administrator',
  isAdministrator: true,
}

/** May read service summaries only, as every agent may. */
export const SUMMARY_AGENT: Account = {
  account: 'agent@example.com',
  password: 'emulated-agent',
  isAdministrator: false,
}

const ACCOUNTS = new Map(
  [ADMINISTRATOR, SUMMARY_AGENT].map(each => [`${each.account}:${each.password}`, each]),
)

/**
 * The account of an `Authorization` field. Further administrators have the first one's password.
 * Throws a 401 refusal if it names none.
 */
export function authenticate(
  authorization: string | undefined,
  administrators: readonly string[],
): Account {
  const given = credentials(authorization)
  const found = ACCOUNTS.get(given)
  if (found) return found
  const account = administrators.find(each => given === `${each}:${ADMINISTRATOR.password}`)
  if (account !== undefined) return { ...ADMINISTRATOR, account }
  throw new Refusal(401, 'account or password is wrong', {
    'WWW-Authenticate': 'Basic realm="Bangwo8", charset="UTF-8"',
  })
}

/** The account that a request claims to be, whether its password is right or not. */
export function claimedAccount(authorization: string | undefined): string | null {
  return credentials(authorization).split(':')[0] || null
}

function credentials(authorization: string | undefined): string {
  const match = /^basic +([a-z0-9+/]+=*)$/i.exec(authorization ?? '')
  return match?.[1] ? Buffer.from(match[1], 'base64').toString() : ''
}
