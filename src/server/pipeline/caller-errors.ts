import { GraphQLError } from 'graphql'
import { ListInconclusiveError } from '../../history/list-errors.ts'
import { CallAllowanceError } from '../../loaders/call-allowance.ts'
import {
  UpstreamBusyError,
  UpstreamError,
  UpstreamRateLimitedError,
} from '../../upstream/errors.ts'
import { AuditUnavailableError } from '../callers/audit-log.ts'
import { IssuerUnavailableError } from '../callers/issuer-unavailable.ts'
import { OVERLOADED, RefusalError } from '../http/refusals.ts'
import { CallerGoneError } from '../http/request-body.ts'
import { CallBudgetError } from './call-budget.ts'

/** An error as a caller may see it. */
interface CallerError {
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string }
  /** Header fields that its answer needs. */
  readonly headers?: Readonly<Record<string, string>>
  /** An error that was not foreseen, which no caller may see. */
  readonly unexpected?: unknown
}

/** The error that was thrown first, below those that GraphQL put around it. */
export function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError
    ? rootCause(error.originalError)
    : error
}

/** Errors whose cause is outside of the gateway. */
const FOREIGN = [UpstreamError, IssuerUnavailableError, AuditUnavailableError]

/**
 * Why something outside of the gateway failed, in a word: what the upstream answered, such as
 * `html-page`, or what the system or the network calls it, such as ECONNREFUSED.
 */
export function reasonOf(error: unknown): string | undefined {
  const cause = rootCause(error)
  return (cause instanceof UpstreamError ? cause.reason : undefined) ?? systemCodeOf(cause)
}

function systemCodeOf(cause: unknown): string | undefined {
  const isForeign = FOREIGN.some(kind => cause instanceof kind) && cause instanceof Error
  const behind = isForeign ? cause.cause : undefined
  const code = behind instanceof Error && 'code' in behind ? behind.code : undefined
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : undefined
}

/** The one place that maps causes to codes. */
export function toCallerError(error: unknown, requestId: string): CallerError {
  const cause = rootCause(error)
  if (cause instanceof UpstreamError) return fromUpstream(cause)
  if (cause instanceof ListInconclusiveError)
    return {
      message: cause.message,
      extensions: { code: 'LOOKUP_INCONCLUSIVE', retryable: cause.isRetryable },
    }
  if (cause instanceof IssuerUnavailableError) return fromIssuer(cause)
  if (cause instanceof AuditUnavailableError)
    return { message: cause.message, extensions: { code: 'AUDIT_UNAVAILABLE', retryable: true } }
  if (cause instanceof CallBudgetError) return fromCallBudget(cause)
  if (cause instanceof CallAllowanceError) return fromCallAllowance(cause)
  if (cause instanceof RefusalError) return fromRefusal(cause)
  if (cause instanceof CallerGoneError)
    return { message: cause.message, extensions: { code: 'CALLER_GONE', retryable: true } }
  if (error instanceof GraphQLError && cause instanceof GraphQLError) {
    const { message, path } = error
    const { http, ...extensions } = cause.extensions
    const code = codeForCaller(cause, path !== undefined)
    if (code !== undefined)
      return { message, extensions: { ...extensions, code }, ...headersIn(http) }
  }
  return {
    message: 'Internal server error.',
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    unexpected: cause,
  }
}

function fromUpstream(cause: UpstreamError): CallerError {
  const { message, code, retryable } = cause
  const isPause = cause instanceof UpstreamRateLimitedError || cause instanceof UpstreamBusyError
  const retryAfterMs = isPause ? cause.retryAfterMs : undefined
  if (retryAfterMs === undefined) return { message, extensions: { code, retryable } }
  const seconds = Math.ceil(retryAfterMs / 1000)
  return {
    message,
    extensions: { code, retryable, retryAfterMs },
    headers: { 'Retry-After': String(seconds) },
  }
}

const fromIssuer = ({ message, retryAfterMs }: IssuerUnavailableError): CallerError => ({
  message,
  extensions: { code: 'ISSUER_UNAVAILABLE', retryable: true, retryAfterMs },
  headers: { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) },
})

const fromCallBudget = ({ message, made, atMost }: CallBudgetError): CallerError => ({
  message,
  extensions: { code: 'UPSTREAM_CALL_LIMIT', retryable: false, made, atMost },
})

const fromCallAllowance = ({
  message,
  calls,
  limit,
  records,
}: CallAllowanceError): CallerError => ({
  message,
  extensions: {
    code: 'UPSTREAM_CALL_LIMIT',
    retryable: false,
    limit,
    ...(calls !== undefined && { calls, records }),
  },
})

function fromRefusal({ refusal: { code, message, headers } }: RefusalError): CallerError {
  const extensions = { code, retryable: code === OVERLOADED.code }
  return { message, extensions, ...(headers && { headers }) }
}

/**
 * The code of an error that was made for callers. Undefined for one that GraphQL made itself while
 * it ran an operation (it is of a field, but has no code): that is a fault of ours.
 */
function codeForCaller({ extensions }: GraphQLError, isInField: boolean): string | undefined {
  const { code, http } = extensions
  if (isObject(http) && http.status === 405) return 'METHOD_NOT_ALLOWED'
  if (typeof code === 'string') return code
  return isInField ? undefined : 'BAD_USER_INPUT'
}

/** As Yoga has them in an error. */
const headersIn = (http: unknown): Pick<CallerError, 'headers'> =>
  isObject(http) && isHeaders(http.headers) ? { headers: http.headers } : {}

const isHeaders = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every(each => typeof each === 'string')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
