import { z } from 'zod'
import { Secret } from '../secret.ts'
import { wholeNumber } from './kinds.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const duration = (byDefaultMs: number) => wholeNumber(0, 7 * DAY_MS, byDefaultMs)

/** What is held of the upstream's answers, and for how long. */
export const CACHE_VARIABLES = {
  // Some thousand pages: what a company looks at within an hour.
  CACHE_MIB: wholeNumber(0, 65_536, 64),
  REDIS_URL: z
    .string()
    .refine(value => /^rediss?:$/.test(URL.parse(value)?.protocol ?? ''), 'a redis or rediss URL')
    .transform(value => new Secret(value))
    .optional(),
  CACHE_KEY_SECRET: z
    .string()
    .min(32, 'a text of 32 characters or more that nobody can guess')
    .transform(value => new Secret(value))
    .optional(),
  // In an outage people rather see what was there a quarter of an hour ago, if it says so.
  STALE_ON_ERROR_MS: duration(15 * MINUTE_MS),
  // New records come all the time.
  CACHE_LIST_OF_TODAY_FRESH_MS: duration(3 * SECOND_MS),
  CACHE_LIST_OF_TODAY_STALE_MS: duration(MINUTE_MS),
  // Agents still rate and close what began on another day, but seldom.
  CACHE_LIST_OF_PAST_DAYS_FRESH_MS: duration(5 * MINUTE_MS),
  CACHE_LIST_OF_PAST_DAYS_STALE_MS: duration(HOUR_MS),
  // Their records may be edited: who wants to see that sooner says so by Cache-Control.
  CACHE_BLOCK_FRESH_MS: duration(5 * MINUTE_MS),
  CACHE_BLOCK_STALE_MS: duration(6 * HOUR_MS),
  // Nobody writes into it any more.
  CACHE_COMPLETED_CHAT_FRESH_MS: duration(HOUR_MS),
  CACHE_COMPLETED_CHAT_STALE_MS: duration(DAY_MS),
  CACHE_OPEN_CHAT_FRESH_MS: duration(3 * SECOND_MS),
  CACHE_OPEN_CHAT_STALE_MS: duration(30 * SECOND_MS),
  // It is written once, and corrected at most.
  CACHE_FILLED_SUMMARY_FRESH_MS: duration(10 * MINUTE_MS),
  CACHE_FILLED_SUMMARY_STALE_MS: duration(HOUR_MS),
  // It is filled in within the minutes after a service.
  CACHE_EMPTY_SUMMARY_FRESH_MS: duration(10 * SECOND_MS),
  CACHE_EMPTY_SUMMARY_STALE_MS: duration(MINUTE_MS),
  // Where a list ends today, and agents who have no records yet.
  CACHE_ABSENT_PAGE_FRESH_MS: duration(3 * SECOND_MS),
}

type CacheVariables = z.output<z.ZodObject<typeof CACHE_VARIABLES>>

const MIB = 1024 * 1024

/** Undefined if nothing is to be held. */
export const toCacheConfig = (variables: CacheVariables) =>
  variables.CACHE_MIB === 0
    ? undefined
    : {
        maxBytes: variables.CACHE_MIB * MIB,
        staleOnErrorMs: variables.STALE_ON_ERROR_MS,
        lifetimes: toLifetimes(variables),
        redis: toRedis(variables),
      }

/** Undefined if no other process is to have what this one holds. */
const toRedis = ({ REDIS_URL: url, CACHE_KEY_SECRET: secret }: CacheVariables) =>
  url && secret ? { url, secret } : undefined

type Environment = Readonly<Record<string, string | undefined>>

export const cacheConflicts = (set: Environment): [isBroken: boolean, problem: string][] => [
  [
    !!set.REDIS_URL && !set.CACHE_KEY_SECRET,
    'CACHE_KEY_SECRET: expected what protects the data in Redis, because REDIS_URL is set',
  ],
  [
    !!set.REDIS_URL && set.CACHE_MIB === '0',
    'CACHE_MIB: expected more than 0, because REDIS_URL is set: what is shared is held in memory too',
  ],
]

const toLifetimes = (variables: CacheVariables) => ({
  list_of_today: {
    freshMs: variables.CACHE_LIST_OF_TODAY_FRESH_MS,
    staleMs: variables.CACHE_LIST_OF_TODAY_STALE_MS,
  },
  list_of_past_days: {
    freshMs: variables.CACHE_LIST_OF_PAST_DAYS_FRESH_MS,
    staleMs: variables.CACHE_LIST_OF_PAST_DAYS_STALE_MS,
  },
  block: {
    freshMs: variables.CACHE_BLOCK_FRESH_MS,
    staleMs: variables.CACHE_BLOCK_STALE_MS,
  },
  completed_chat: {
    freshMs: variables.CACHE_COMPLETED_CHAT_FRESH_MS,
    staleMs: variables.CACHE_COMPLETED_CHAT_STALE_MS,
  },
  open_chat: {
    freshMs: variables.CACHE_OPEN_CHAT_FRESH_MS,
    staleMs: variables.CACHE_OPEN_CHAT_STALE_MS,
  },
  filled_summary: {
    freshMs: variables.CACHE_FILLED_SUMMARY_FRESH_MS,
    staleMs: variables.CACHE_FILLED_SUMMARY_STALE_MS,
  },
  empty_summary: {
    freshMs: variables.CACHE_EMPTY_SUMMARY_FRESH_MS,
    staleMs: variables.CACHE_EMPTY_SUMMARY_STALE_MS,
  },
  absent_page: {
    freshMs: variables.CACHE_ABSENT_PAGE_FRESH_MS,
    staleMs: variables.CACHE_ABSENT_PAGE_FRESH_MS,
  },
})
