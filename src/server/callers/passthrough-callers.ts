import { createHash } from 'node:crypto'
import { EVERYTHING } from '../../schema/access/scopes.ts'
import { Secret } from '../../secret.ts'
import { basicAuthorization, type UpstreamSession } from '../../upstream/client.ts'
import { AccountJudge } from './account-judge.ts'
import { AttemptLimit } from './attempt-limit.ts'
import { parseBasicCredentials } from './basic-credentials.ts'
import type { Callers, CallersAccount } from './callers.ts'
import { clientAddressOf } from './client-address.ts'
import { FirstCalls } from './first-calls.ts'
import type { Identity, IdentityOf } from './identities.ts'
import { refuseCredentials } from './refusals.ts'

export interface PassthroughOptions {
  /** How many proxies of ours stand before the gateway, each of which adds to `X-Forwarded-For`. */
  readonly trustedProxies: number
  /** Whether even the graph's own description is for accounts alone that the upstream accepted. */
  readonly isProduction: boolean
  readonly attempts?: AttemptLimit
}

/**
 * Each caller brings an account of the upstream. Wrong ones are slowed, by the account that they name
 * and by the address that they come from, so that passwords cannot be guessed through the gateway,
 * nor the upstream made to lock an account. One that was accepted before is not slowed by others.
 */
export function passthroughCallers(
  identityOf: IdentityOf,
  { trustedProxies, isProduction, attempts = new AttemptLimit() }: PassthroughOptions,
): Callers {
  const judgements = { attempts, firstCalls: new FirstCalls(), underWay: new Map() }
  return {
    identify(incoming) {
      const { authorization: headers = [] } = incoming.headersDistinct
      const credentials = parseBasicCredentials(headers)
      if (!credentials) throw refuseCredentials(expectedAccount(headers.length > 0))
      const { account, password } = credentials
      // The header is written anew, so that nothing but the account and its password is passed on.
      const authorization = new Secret(basicAuthorization(account, password.reveal()))
      const identity = identityOf(authorization.reveal())
      const names = {
        account: nameOf(account),
        address: `address ${clientAddressOf(incoming, trustedProxies)}`,
      }
      const judge = new AccountJudge(judgements, identity, names)
      if (!identity.isKnown) judge.assertNoWait()
      return {
        authorization,
        identity,
        permissions: EVERYTHING,
        subject: account,
        account: new PassthroughAccount(identity, judge, isProduction),
      }
    },
  }
}

class PassthroughAccount implements CallersAccount {
  readonly #identity: Identity
  readonly #judge: AccountJudge
  readonly #isProduction: boolean

  constructor(identity: Identity, judge: AccountJudge, isProduction: boolean) {
    this.#identity = identity
    this.#judge = judge
    this.#isProduction = isProduction
  }

  get mayBeAnswered(): boolean {
    const needsVerdict = this.#isProduction || this.#identity.isKnown
    return !needsVerdict || this.#identity.isFresh || this.#judge.hasPassed
  }

  get mayLearnNames(): boolean {
    return !this.#isProduction || this.#identity.isKnown || this.#judge.hasPassed
  }

  judged(session: UpstreamSession): UpstreamSession {
    return this.#judge.judged(session)
  }
}

/**
 * The same for spellings that an upstream may take for one account, as databases do that look at
 * neither case nor accents; of one length for all.
 */
function nameOf(account: string): string {
  const spelled = account.toLowerCase().normalize('NFKD').replace(NOT_LOOKED_AT, '')
  return `account ${createHash('sha256').update(spelled).digest('base64')}`
}

const NOT_LOOKED_AT = /[\p{M}\p{Default_Ignorable_Code_Point}\s]/gu

const expectedAccount = (gotOne: boolean) =>
  `Expected an account of the upstream by HTTP Basic, got ${gotOne ? 'something else' : 'none'}.`
