import type { GraphQLError } from 'graphql'
import type { AnswerCache } from '../../cache/answer-cache.ts'
import { isPassing } from '../../cache/failures.ts'
import { directReads, type Reads } from '../../cache/reads.ts'
import { RequestReads } from '../../cache/request-reads.ts'
import { MemoryExpectations } from '../../loaders/expectations.ts'
import { createLoaders, type Loaders } from '../../loaders/loaders.ts'
import { callsOfBlock } from '../../loaders/scans/record-blocks.ts'
import type { SharedMemory } from '../../loaders/shared-memory.ts'
import type { Log } from '../../log.ts'
import type { Permissions } from '../../schema/access/scopes.ts'
import type { Expectations } from '../../schema/plan/expectations.ts'
import type { Plan } from '../../schema/plan/plan.ts'
import { callsOfTakers } from '../../schema/plan/rest-of-calls.ts'
import type { UpstreamCall, UpstreamClient, UpstreamSession } from '../../upstream/client.ts'
import { UpstreamForbiddenError, UpstreamNotFoundError } from '../../upstream/errors.ts'
import type { OddityKind, OnEndpointOddity } from '../../upstream/oddity.ts'
import { getServiceSummary } from '../../upstream/service-summary.ts'
import type { KnownCaller } from '../callers/callers.ts'
import { refuseWithoutNames } from '../callers/refusals.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { beginCall } from './call-budget.ts'
import { maxAgeMsOf, noteRead } from './held-answers.ts'
import type { NeededAnswers } from './needed-answers.ts'
import { type Caller, noteUnreadable, type ServerContext } from './operation-context.ts'
import { logAttempt, logRead } from './upstream-log.ts'
import { watchedSession } from './watched-session.ts'

export interface RequestCallerOptions {
  readonly client: UpstreamClient
  readonly onOddity: OnEndpointOddity
  readonly log: Log
  readonly metrics: Metrics
  /** Of the upstream's answers; undefined if none are held. */
  readonly cache: AnswerCache | undefined
  readonly neededAnswers: NeededAnswers | undefined
  /** What other processes have learnt; undefined if there are none. */
  readonly sharedMemory: SharedMemory | undefined
  /** How long an operation may take. */
  readonly operationDeadlineMs: number
  /** Whether the upstream learns of which trace a call is. */
  readonly propagatesTrace: boolean
}

/** Makes what it is asked for: an operation without calls needs none of it. */
export class RequestCaller implements Caller {
  readonly #known: KnownCaller
  readonly #request: ServerContext
  readonly #options: RequestCallerOptions
  #loaders: Loaders | undefined
  #reads: RequestReads | undefined

  constructor(known: KnownCaller, request: ServerContext, options: RequestCallerOptions) {
    this.#known = known
    this.#request = request
    this.#options = options
  }

  get subject(): string {
    return this.#known.subject
  }

  get permissions(): Permissions {
    return this.#known.permissions
  }

  get generation(): number | undefined {
    return this.#known.identity.generation
  }

  get repeatable(): RequestReads['repeatable'] {
    return this.#reads?.repeatable
  }

  withHeld(plan: Plan, asked: string): Plan {
    return this.#options.neededAnswers?.planFor(this.#known.identity, asked, plan) ?? plan
  }

  noteNeeded(asked: string): void {
    if (this.#reads)
      this.#options.neededAnswers?.note(this.#known.identity, asked, this.#reads.needed)
  }

  learnFromOthers(): Promise<void> | undefined {
    const { identity } = this.#known
    return this.#options.sharedMemory?.learn(identity, identity.memory)
  }

  shareLearnt(): void {
    const { identity } = this.#known
    if (this.#loaders) this.#options.sharedMemory?.share(identity, identity.memory)
  }

  get known(): Expectations {
    const { identity } = this.#known
    const { cache } = this.#options
    return new MemoryExpectations(
      identity.memory,
      cache && (list => callsOfBlock(cache, identity, list)),
    )
  }

  get loaders(): Loaders {
    const { memory } = this.#known.identity
    const { trace } = this.#request
    this.#loaders ??= createLoaders(this.#createReads(), memory, callsOfTakers(trace.plan))
    return this.#loaders
  }

  #createReads(): Reads {
    const { cache, log, metrics, operationDeadlineMs } = this.#options
    const { signal, trace, incoming } = this.#request
    const calls = this.#openSession(() => beginCall(trace))
    if (!cache) return directReads(calls)
    this.#reads = new RequestReads({
      cache,
      owner: this.#known.identity,
      calls,
      openRefreshing: () => this.#openRefreshing(),
      signal,
      deadlineMs: operationDeadlineMs,
      maxAgeMs: maxAgeMsOf(incoming),
      onRead(read) {
        noteRead(trace.held, read)
        metrics.onCacheRead(read)
        logRead(log, trace.identity, read)
      },
    })
    return this.#reads
  }

  /** Of nobody's request: it has no end but its own, and counts for no operation. */
  #openRefreshing(): UpstreamSession {
    const { client, onOddity, log } = this.#options
    const { authorization } = this.#known
    const { identity: request } = this.#request.trace
    return client.session({
      authorization: authorization.reveal(),
      onOddity: (endpoint, kind) => onOddity(endpoint, kind),
      onAttempt: attempt => logAttempt(log, request, attempt),
      onCall: this.#callNoter(),
    })
  }

  /**
   * Holds on to nothing of the request: who makes calls outlives it, and all that it read would wait
   * for the old generation to be collected, at twice the CPU time for 100 records.
   */
  #callNoter(): (call: UpstreamCall) => void {
    const { cache, metrics } = this.#options
    const { identity } = this.#known
    return call => {
      const isRefusal = call.outcome === 'UNAUTHENTICATED' || call.outcome === 'FORBIDDEN'
      if (isRefusal && identity.generation !== undefined) cache?.refuse(identity)
      identity.onCall(call.outcome)
      metrics.onUpstreamCall(call)
    }
  }

  get hasOwnAccount(): boolean {
    return this.#known.account !== undefined
  }

  refusalsOf(errors: readonly GraphQLError[]): readonly GraphQLError[] {
    const isOpen = errors.length === 0 || this.#known.account?.mayLearnNames !== false
    return isOpen ? errors : [refuseWithoutNames()]
  }

  /**
   * Asks for the summary of any service: every account may do that, and it is no list. If the upstream
   * fails, it is enough that it accepted the account as lately as what is held may stand for failures.
   */
  async assertAccepted(): Promise<void> {
    if (this.#known.account?.mayBeAnswered !== false) return
    const session = this.#openSession(() => {
      this.#request.trace.callsMade += 1
    })
    try {
      await getServiceSummary(session, 1, 'REMOTE_ASSISTANCE')
    } catch (error) {
      const isAccepted =
        error instanceof UpstreamForbiddenError || error instanceof UpstreamNotFoundError
      const { identity } = this.#known
      const isEnough = identity.wasAcceptedWithin(this.#options.cache?.staleOnErrorMs ?? 0)
      if (!isAccepted && isEnough && isPassing(error)) return
      if (!isAccepted) throw error
    }
    this.#known.identity.onCall('ok')
  }

  #openSession(beforeCall: () => void): UpstreamSession {
    const { client, onOddity, log, propagatesTrace } = this.#options
    const { authorization, identity, account } = this.#known
    const { signal, trace } = this.#request
    const session = client.session({
      authorization: authorization.reveal(),
      traceparent: propagatesTrace ? trace.span.traceparent : undefined,
      signal,
      // Who shares an account with everybody else is a caller for each request.
      caller: account && identity.name,
      onOddity(endpoint, kind, unreadable, times = 1) {
        if (OMITTED_ROWS.has(kind)) trace.omittedRows += times
        if (unreadable !== undefined) noteUnreadable(trace, unreadable, times)
        onOddity(endpoint, kind, undefined, times)
      },
      beforeCall,
      onRetry() {
        trace.retriesMade += 1
      },
      onCall: this.#callNoter(),
      onAttempt: attempt => logAttempt(log, trace.identity, attempt),
    })
    return watchedSession(account?.judged(session) ?? session, trace)
  }
}

/** Oddities for which a row is left out. */
const OMITTED_ROWS: ReadonlySet<OddityKind> = new Set(['row-without-csid', 'unreadable-row'])
