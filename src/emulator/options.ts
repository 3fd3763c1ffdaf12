import type { RecordedCall } from './answers/calls.ts'
import type { RetiredOption } from './content/problem-types.ts'
import type { Oddities } from './odd/oddities.ts'
import type { SortBy } from './records/record-list.ts'

/** Runs before an answer is computed, so that data can change between or during calls. */
export type BeforeAnswer = (call: RecordedCall) => void | Promise<void>

/** Everything about an emulator that can be chosen; all have defaults. */
export interface EmulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Everything made up is made up from it. Default 1. */
  readonly seed?: number
  /** Default 2,000. */
  readonly recordCount?: number
  /** Over how many days, up to and including today (+08:00), records spread. Default 90. */
  readonly days?: number
  /** The clock, or an instant at which it stands still. Default: the real time. */
  readonly now?: Date | (() => Date)
  /** Of the record lists. Default descending: the newest first. */
  readonly order?: 'ascending' | 'descending'
  /** What the record lists are sorted by; of one second by csId. Default csId. */
  readonly sortBy?: SortBy
  /** Rows that a page has at most, whatever is asked. Default 100. */
  readonly maxPerPage?: number
  /** How long every answer waits. Default 0. */
  readonly latencyMs?: number
  /** The oldest record's csId. Default 1,000. */
  readonly firstCsId?: number
  /** From one csId to the next; more than 1 leaves room for late inserts. Default 1. */
  readonly csIdStep?: number
  /** Names of further administrators; they have the first one's password. Default none. */
  readonly administrators?: readonly string[]
  /** How many of the latest calls are kept. Default 10,000. */
  readonly recordedCallLimit?: number
  /** How lists and chats differ from what one expects. Default: not at all. */
  readonly oddities?: Oddities
  /**
   * How many days after its creation a record begins, though not later than the emulator's start.
   * Lists filter by the day of creation. Default: at once.
   */
  readonly beginsDaysLater?: (csId: number) => number
  /**
   * How many messages the chat of a record that has ended has. Default, and for undefined: as
   * many as are made up.
   */
  readonly messageCount?: (csId: number) => number | undefined
  /** Options of problem types that newer records do not have. Default none. */
  readonly retiredOptions?: readonly RetiredOption[]
  readonly beforeAnswer?: BeforeAnswer
}

export interface Settings
  extends Required<Omit<EmulatorOptions, 'now' | 'beforeAnswer' | 'oddities'>> {
  readonly now: () => Date
}

const atOnce = () => 0
const asMadeUp = () => undefined

const DEFAULTS = {
  port: 0,
  host: '127.0.0.1',
  seed: 1,
  recordCount: 2000,
  days: 90,
  order: 'descending',
  sortBy: 'csId',
  maxPerPage: 100,
  latencyMs: 0,
  firstCsId: 1000,
  csIdStep: 1,
  administrators: [],
  recordedCallLimit: 10_000,
  beginsDaysLater: atOnce,
  messageCount: asMadeUp,
  retiredOptions: [],
} as const

const LEAST = [
  ['port', 0],
  ['seed', 0],
  ['recordCount', 0],
  ['days', 1],
  ['maxPerPage', 1],
  ['latencyMs', 0],
  ['firstCsId', 1],
  ['csIdStep', 1],
  ['recordedCallLimit', 0],
] as const

/** Fills in the defaults. Throws RangeError, naming the option, if a number does not fit. */
export function toSettings(options: EmulatorOptions): Settings {
  const { now = () => new Date(), beforeAnswer: _, oddities: __, ...chosen } = options
  const settings = { ...DEFAULTS, ...chosen, now: typeof now === 'function' ? now : () => now }
  for (const [name, least] of LEAST) {
    const value = settings[name]
    if (!Number.isSafeInteger(value) || value < least)
      throw new RangeError(`${name} must be a whole number of at least ${least}, got ${value}`)
  }
  return settings
}
