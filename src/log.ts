import { type DestinationStream, pino } from 'pino'

/** All that a line may hold besides `level`, `time` and `event`. */
export interface LogFields {
  readonly requestId?: string
  readonly traceId?: string
  /**
   * Stands for the upstream's account that is used, and stays the same as long as the process
   * lives.
   */
  readonly caller?: string | undefined
  /** Cut to a length: see the operation's trace. */
  readonly operationName?: string | undefined
  readonly operationType?: string | undefined
  readonly durationMs?: number
  readonly upstreamCalls?: number
  /** How long at least one upstream call was under way. */
  readonly upstreamMs?: number
  /** The size of the answer's body, as it was sent. */
  readonly bytesOut?: number
  readonly status?: number | undefined
  readonly endpoint?: string
  readonly page?: number | undefined
  readonly perPage?: number | undefined
  /** The number of the attempt, from 1. Left out if the call was not sent. */
  readonly attempt?: number | undefined
  readonly outcome?: string
  /** About an answer that was held: its kind, and the age of its oldest part. */
  readonly kind?: string
  readonly ageMs?: number
  readonly errorCodes?: readonly string[]
  /** The causes of the errors, one word each, such as ECONNREFUSED or `html-page`. */
  readonly causes?: readonly string[]
  readonly errorName?: string
  /** A stack without its message, which may quote data. */
  readonly frames?: readonly string[]
  readonly oddity?: string
  readonly count?: number
  readonly signal?: string
  readonly version?: string
  readonly host?: string
  readonly port?: number
  readonly metricsPort?: number
  readonly callers?: string
  readonly documents?: string
  readonly trustedDocuments?: number
  readonly upstream?: string
}

const ALLOWED: Readonly<Record<keyof LogFields, true>> = {
  requestId: true,
  traceId: true,
  caller: true,
  operationName: true,
  operationType: true,
  durationMs: true,
  upstreamCalls: true,
  upstreamMs: true,
  bytesOut: true,
  status: true,
  endpoint: true,
  page: true,
  perPage: true,
  attempt: true,
  outcome: true,
  kind: true,
  ageMs: true,
  errorCodes: true,
  causes: true,
  errorName: true,
  frames: true,
  oddity: true,
  count: true,
  signal: true,
  version: true,
  host: true,
  port: true,
  metricsPort: true,
  callers: true,
  documents: true,
  trustedDocuments: true,
  upstream: true,
}

export type LogEvent =
  | 'listening'
  | 'operation'
  | 'upstream-call'
  | 'cache-read'
  | 'answer-repeated'
  | 'request-refused'
  | 'unexpected-error'
  | 'lines-dropped'
  | 'upstream-oddity'
  | 'draining'
  | 'stopped'

type Write = (event: LogEvent, fields?: LogFields) => void

/** Writes JSON lines. A field that is not on the list is dropped, whoever passes it. */
export interface Log {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}

export function createLog(level: string, destination: DestinationStream): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }), log: allowedOnly },
    },
    destination,
  )
  return {
    debug: (event, fields = {}) => logger.debug(fields, event),
    info: (event, fields = {}) => logger.info(fields, event),
    warn: (event, fields = {}) => logger.warn(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
  }
}

/**
 * The fields that may be logged of an error: its class and where it was thrown, but not its
 * message.
 */
export function describeError(error: unknown): Pick<LogFields, 'errorName' | 'frames'> {
  if (!(error instanceof Error)) return { errorName: typeof error }
  const { stack = '', message } = error
  const framesAt = message === '' ? 0 : stack.lastIndexOf(message) + message.length
  const lines = stack.slice(framesAt).split('\n')
  return {
    errorName: error.constructor.name,
    frames: lines.flatMap(line => /^\s+at (.+)$/.exec(line)?.[1] ?? []),
  }
}

function allowedOnly(fields: Record<string, unknown>): Record<string, unknown> {
  const allowed: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (Object.hasOwn(ALLOWED, name) && isPlain(value)) allowed[name] = value
  }
  return allowed
}

const isPlain = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isScalar) : isScalar(value)

const isScalar = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
