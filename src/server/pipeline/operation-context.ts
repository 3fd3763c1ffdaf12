import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExecutionResult, GraphQLError } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import type { AnswerStamp } from '../../cache/held-answer.ts'
import type { Loaders } from '../../loaders/loaders.ts'
import type { Permissions } from '../../schema/access/scopes.ts'
import type { SensitiveReads } from '../../schema/access/sensitive-reads.ts'
import type { Context } from '../../schema/context.ts'
import type { Expectations } from '../../schema/plan/expectations.ts'
import { NO_CALLS, type Plan } from '../../schema/plan/plan.ts'
import { callerSignal } from '../http/request-body.ts'
import type { RequestIdentity } from '../http/request-identity.ts'
import { createHeldAnswers, type HeldAnswers } from './held-answers.ts'
import type { OperationSpan } from './operation-span.ts'
import { UpstreamClock } from './upstream-clock.ts'

/** The upstream as a known caller sees it. */
export interface Caller {
  /** Whom an audit names, masked. */
  readonly subject: string
  readonly permissions: Permissions
  readonly loaders: Loaders
  readonly known: Expectations
  /** Under which what is made of the upstream's answers may be kept; undefined if it may not. */
  readonly generation: number | undefined
  /** The plan of what is asked, with the calls that are expected as far as is held what it needs. */
  withHeld(plan: Plan, asked: string): Plan
  /** Has the next one that asks the same expect what this one needed. */
  noteNeeded(asked: string): void
  /** What other processes know of the upstream is known here too from then on; undefined if there are none. */
  learnFromOthers(): Promise<void> | undefined
  /** Has them learn what was learnt here. */
  shareLearnt(): void
  /** The upstream's answers that an answer was made of, if it may be given again: see RequestReads. */
  readonly repeatable: ReadonlySet<AnswerStamp> | undefined
  /** Whether the upstream is asked as an account of the caller's own. */
  readonly hasOwnAccount: boolean
  /** What is wrong with what it asks, as far as it may learn that. */
  refusalsOf(errors: readonly GraphQLError[]): readonly GraphQLError[]
  /** Rejects if the upstream does not accept that account, of which it is asked only if need be. */
  assertAccepted(): Promise<void>
}

/** One request to the graph, for the steps that it passes and for resolvers. */
export class ServerContext implements Context {
  readonly incoming: IncomingMessage
  readonly trace: OperationTrace
  reads: SensitiveReads | undefined
  /** The text that says what is asked, once it is read. */
  asked = ''
  readonly #outgoing: ServerResponse
  #signal: AbortSignal | undefined
  #caller: Caller | undefined

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, trace: OperationTrace) {
    this.incoming = incoming
    this.#outgoing = outgoing
    this.trace = trace
  }

  /** Aborts when the caller hangs up. Made only if something can be aborted. */
  get signal(): AbortSignal {
    this.#signal ??= callerSignal(this.#outgoing)
    return this.#signal
  }

  get caller(): Caller {
    if (!this.#caller) throw new Error('Expected the caller to be known, got none.')
    return this.#caller
  }

  /** Undefined for one that was not let in. */
  get callerIfKnown(): Caller | undefined {
    return this.#caller
  }

  set caller(caller: Caller) {
    this.#caller = caller
  }

  get loaders(): Loaders {
    return this.caller.loaders
  }

  get permissions(): Permissions {
    return this.caller.permissions
  }
}

/**
 * A step of the pipeline. Yoga runs the hooks from `onParams` to `onExecutionResult`, and the pipeline
 * itself the other two: Yoga would run these, too, but with a request and a response of its own making.
 */
export interface ServerPlugin
  extends Pick<
    Plugin<ServerContext, ServerContext>,
    'onParams' | 'onParse' | 'onValidate' | 'onExecute' | 'onExecutionResult'
  > {
  /** Looks at a request before what it asks is read. What it throws is the answer. */
  onRequestParse?(payload: RequestPayload): void | Promise<void>
  /** Looks at an answer before it is written, whatever came of the request. */
  onResultProcess?(payload: ResultPayload): void | Promise<void>
}

interface RequestPayload {
  readonly serverContext: ServerContext
  setRequestParser(parser: RequestParser): void
}

/** Reads what a caller asks. */
export interface RequestParser {
  /** The text that says it, from the body or the URL. */
  read(): Promise<string>
  parse(text: string): GraphQLParams
}

interface ResultPayload {
  readonly result: ExecutionResult
  readonly serverContext: ServerContext
  setResult(result: ExecutionResult): void
}

export type Outcome = 'ok' | 'partial' | 'refused' | 'failed'

/** What the log and the answer say of one request to the graph, gathered while it is answered. */
export interface OperationTrace {
  readonly identity: RequestIdentity
  readonly startedAtMs: number
  /** Stands for the account as whom the upstream is asked, once that is known. */
  caller: string | undefined
  operationName: string | undefined
  operationType: string | undefined
  /** What it costs upstream, as planned before it runs. */
  plan: Plan
  /** How many upstream calls it may make. */
  callBudget: number
  /** Plans it anew if what was learnt since allows more calls: pages may be smaller than assumed. */
  replan: () => void
  /** How many it has made, those under way included. */
  callsMade: number
  /** How many of those were made again, because they had failed. They are not counted there. */
  retriesMade: number
  readonly held: HeldAnswers
  readonly clock: UpstreamClock
  readonly span: OperationSpan
  /** Rows of the upstream that could not be read, and were left out. */
  omittedRows: number
  /** How many values of a field could not be read, by the upstream's name of the field. */
  readonly unreadable: Map<string, number>
  outcome: Outcome
  errorCodes: readonly string[]
  /** What is behind its errors, such as ECONNREFUSED or `html-page`: for the log, not for callers. */
  causes: readonly string[]
  /** Header fields that its answer needs beside the usual ones. */
  headers: Readonly<Record<string, string>>
}

/** Whether an answer says what it costs: `x-explain: 1`, or `only` to have nothing run. */
const EXPLAIN_HEADER = 'x-explain'

export const wantsPlanOnly = ({ headers }: IncomingMessage): boolean =>
  headers[EXPLAIN_HEADER] === 'only'

export const wantsCost = (incoming: IncomingMessage): boolean =>
  incoming.headers[EXPLAIN_HEADER] === '1' || wantsPlanOnly(incoming)

const NAME = /^[_A-Za-z][_0-9A-Za-z]{0,63}$/

export const createOperationTrace = (
  identity: RequestIdentity,
  span: OperationSpan,
): OperationTrace => ({
  identity,
  span,
  startedAtMs: performance.now(),
  caller: undefined,
  operationName: undefined,
  operationType: undefined,
  plan: NO_CALLS,
  callBudget: 0,
  replan: () => undefined,
  callsMade: 0,
  retriesMade: 0,
  held: createHeldAnswers(),
  clock: new UpstreamClock(),
  omittedRows: 0,
  unreadable: new Map(),
  outcome: 'ok',
  errorCodes: [],
  causes: [],
  headers: {},
})

/** Counts values that could not be read. */
export function noteUnreadable({ unreadable }: OperationTrace, field: string, times: number): void {
  unreadable.set(field, (unreadable.get(field) ?? 0) + times)
}

/** Callers choose names freely, so only those of a usual shape and length are logged. */
export const boundedName = (name: string | undefined): string | undefined =>
  name === undefined || NAME.test(name) ? name : 'invalid'
