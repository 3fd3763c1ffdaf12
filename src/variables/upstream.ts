import { z } from 'zod'
import { isLoopback, proxy, wholeNumber } from './kinds.ts'

const MINUTE_MS = 60_000

/** How the upstream is asked, each default with its reason, and what it is reached through. */
export const UPSTREAM_VARIABLES = z.object({
  // Routers and browsers wait for a minute as a rule, and give up without saying what failed.
  OPERATION_DEADLINE_MS: wholeNumber(100, 10 * MINUTE_MS, 30_000),
  // Two attempts that are too slow, the waits between them, and some room.
  UPSTREAM_DEADLINE_MS: wholeNumber(100, 10 * MINUTE_MS, 15_000),
  // A page of 100 records takes a second as a rule; five times that is a stall.
  UPSTREAM_ATTEMPT_MS: wholeNumber(50, 10 * MINUTE_MS, 5000),
  // Above all answers of an upstream that works as usual, and a caller waits for it without minding.
  UPSTREAM_STALL_MS: wholeNumber(10, 10 * MINUTE_MS, 1000),
  // What fails three times within a second or two stays failed for as long as a caller waits.
  UPSTREAM_ATTEMPTS: wholeNumber(1, 10, 3),
  // As many as a browser tab and some apps keep busy, without being the upstream's largest client.
  UPSTREAM_CONCURRENCY: wholeNumber(1, 1000, 20),
  // The API states no limit.
  UPSTREAM_CALLS_PER_SECOND: wholeNumber(1, 10_000, undefined),
  // A caller can come back; an answer after a long queue is late for everybody in it.
  UPSTREAM_QUEUE_MS: wholeNumber(0, MINUTE_MS, 1000),
  // Enough for what fails now and then, and in an outage the upstream gets a fifth more at most.
  UPSTREAM_RETRY_PERCENT: wholeNumber(0, 100, 20),
  // Of the latest ten, as a process sees too little traffic to go by rates. In an outage nearly all
  // fail. With five, one that fails often but not always was left alone, which cost more than retries.
  UPSTREAM_BREAKER_FAILURES: wholeNumber(0, 10, 9),
  // 40 times a full page of records.
  UPSTREAM_BODY_MIB: wholeNumber(1, 64, 8),
  // What the API gives if it is not asked for a number, and it states no larger one.
  UPSTREAM_PAGE_ROWS: wholeNumber(10, 1000, 100),
  HTTPS_PROXY: proxy().optional(),
  HTTP_PROXY: proxy().optional(),
  NO_PROXY: z.string().optional(),
})

export const PROXY_NAMES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const

/** Those that are set. As other programs do, it reads them in small letters too, and rather. */
export const proxiesOf = (environment: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    PROXY_NAMES.flatMap(name => {
      const value = environment[name.toLowerCase()] ?? environment[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

type UpstreamVariables = z.output<typeof UPSTREAM_VARIABLES>

export const toUpstreamLimits = (variables: UpstreamVariables) => ({
  operationDeadlineMs: variables.OPERATION_DEADLINE_MS,
  callDeadlineMs: variables.UPSTREAM_DEADLINE_MS,
  attemptMs: variables.UPSTREAM_ATTEMPT_MS,
  stallMs: variables.UPSTREAM_STALL_MS,
  maxAttempts: variables.UPSTREAM_ATTEMPTS,
  concurrency: variables.UPSTREAM_CONCURRENCY,
  callsPerSecond: variables.UPSTREAM_CALLS_PER_SECOND,
  maxWaitMs: variables.UPSTREAM_QUEUE_MS,
  retryPercent: variables.UPSTREAM_RETRY_PERCENT,
  breakerFailures: variables.UPSTREAM_BREAKER_FAILURES,
  maxBodyBytes: variables.UPSTREAM_BODY_MIB * 1024 * 1024,
})

const NO_PROXIES = { https: undefined, http: undefined, except: undefined }

/** For the upstream at a URL. `except` are hosts that need none; this machine is always one of them. */
export const toProxies = (variables: UpstreamVariables, url: string | undefined) =>
  url === undefined || isLoopback(url)
    ? NO_PROXIES
    : { https: variables.HTTPS_PROXY, http: variables.HTTP_PROXY, except: variables.NO_PROXY }
