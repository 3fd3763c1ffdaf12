import type { UpstreamSession } from '../../upstream/client.ts'
import {
  UpstreamError,
  UpstreamForbiddenError,
  UpstreamNotFoundError,
  UpstreamRateLimitedError,
  UpstreamTimeoutError,
  UpstreamUnauthenticatedError,
  UpstreamUnavailableError,
} from '../../upstream/errors.ts'
import type { AttemptLimit } from './attempt-limit.ts'
import type { FirstCalls } from './first-calls.ts'
import type { Identity } from './identities.ts'
import { TooManyAttemptsError } from './refusals.ts'

/**
 * The upstream's verdict on the account: known, or the reason why no call succeeds. Undefined if it
 * is not clear.
 */
type Verdict = 'passed' | UpstreamError | undefined

/** The names under which attempts are counted. */
interface AttemptNames {
  readonly account: string
  readonly address: string
}

type Call<Body> = () => Promise<Body>

/** What the requests of all accounts share. */
interface Judgements {
  /** Counts attempts with accounts that turned out to be wrong. */
  readonly attempts: AttemptLimit
  readonly firstCalls: FirstCalls
  /** The calls by which accounts are judged, by the name of the identity. */
  readonly underWay: Map<string, Promise<Verdict>>
}

/**
 * Has an account judged that is not known yet. Its first call, of whatever request, goes ahead alone,
 * and all others wait for what the upstream says of it: so a wrong password is one attempt, however
 * many calls would be made with it.
 */
export class AccountJudge {
  readonly #judgements: Judgements
  readonly #identity: Identity
  readonly #names: AttemptNames
  #verdict: Verdict

  /** For one request. */
  constructor(judgements: Judgements, identity: Identity, names: AttemptNames) {
    this.#judgements = judgements
    this.#identity = identity
    this.#names = names
  }

  /** Whether a call of this request showed that the upstream knows the account. */
  get hasPassed(): boolean {
    return this.#verdict === 'passed'
  }

  /** Throws if none may try an account under these names for now. */
  assertNoWait(): void {
    const { account, address } = this.#names
    this.#assertNoWaitFor(account, address)
  }

  #assertNoWaitFor(...names: string[]): void {
    const waitMs = this.#judgements.attempts.waitMs(names)
    if (waitMs > 0) throw new TooManyAttemptsError(waitMs)
  }

  judged(session: UpstreamSession): UpstreamSession {
    return {
      oddity: session.oddity,
      get: (...call) => this.#judge(() => session.get(...call)),
    }
  }

  async #judge<Body>(call: Call<Body>): Promise<Body> {
    const { underWay } = this.#judgements
    while (!this.hasPassed && !this.#identity.isKnown) {
      if (this.#verdict) throw this.#verdict
      const leader = underWay.get(this.#identity.name)
      if (!leader) return this.#lead(call)
      this.#verdict = await leader
    }
    const { account, address } = this.#names
    return this.#watch(call, () => this.#judgements.attempts.count([account, address]))
  }

  async #lead<Body>(call: Call<Body>): Promise<Body> {
    this.assertNoWait()
    const { attempts, underWay, firstCalls } = this.#judgements
    const { account, address } = this.#names
    // Counted beforehand, as others may be under way at the same time. Not so for the address: behind
    // one may be a whole company, of whom all are right. They wait for each other instead.
    let takeBack: (() => void) | undefined = attempts.count([account])
    const { promise, resolve } = Promise.withResolvers<Verdict>()
    underWay.set(this.#identity.name, promise)
    let end: ((isRight: boolean) => void) | undefined
    try {
      end = await firstCalls.begin(address, () => {
        this.#assertNoWaitFor(address)
        return attempts.left(address)
      })
      return await this.#watch(call, () => {
        takeBack = undefined
        attempts.count([address])
      })
    } finally {
      end?.(this.hasPassed)
      takeBack?.()
      underWay.delete(this.#identity.name)
      resolve(this.#verdict)
    }
  }

  async #watch<Body>(call: Call<Body>, onWrongAccount: () => void): Promise<Body> {
    try {
      const body = await call()
      this.#verdict = 'passed'
      return body
    } catch (error) {
      this.#verdict = verdictOf(error)
      if (error instanceof UpstreamUnauthenticatedError) onWrongAccount()
      throw error
    }
  }
}

function verdictOf(error: unknown): Verdict {
  // An account that is refused one thing, or asks for one that does not exist, has the right
  // password.
  if (error instanceof UpstreamForbiddenError || error instanceof UpstreamNotFoundError)
    return 'passed'
  return error instanceof UpstreamError && concernsAllCalls(error) ? error : undefined
}

const concernsAllCalls = (error: UpstreamError): boolean =>
  error instanceof UpstreamUnauthenticatedError ||
  error instanceof UpstreamTimeoutError ||
  error instanceof UpstreamRateLimitedError ||
  // There was no connection, or the status says nothing of the account, such as 500 for a single
  // thing.
  (error instanceof UpstreamUnavailableError && error.cause !== undefined)
