import type { ProblemTypeLevel } from '../../history/labels/label-evidence.ts'
import type { DayRange } from '../../upstream/remote-record.ts'

/** A list of records: of all agents or of one, created on all days or on some. */
export interface RecordList {
  readonly servicerId: number | undefined
  readonly createdOn: DayRange | undefined
}

export interface PageSize {
  /** The most rows that a page has. */
  readonly rows: number
  /** Whether each page has so many, whatever is asked for. */
  readonly isFixed: boolean
}

/**
 * What is known of the upstream before an operation runs. It decides how many calls are expected; how
 * many there are at most hangs on no more of it than the size of pages.
 */
export interface Expectations {
  /** Whether csIds rise through a list. Undefined as long as no page has shown it. */
  isRising(endpoint: 'histories' | 'agent_histories'): boolean | undefined
  /** How many rows pages have of the list of all records, or of one agent's. */
  pageSizeOf(endpoint: 'histories' | 'agent_histories'): PageSize
  /**
   * The most pages without rows that were met in one list or chat, as the account may not see any of
   * theirs. They are read twice, and those around them are, too.
   */
  readonly mostEmptyPages: number
  /** How many pages a list of so many records is read by. */
  pagesOfScan(endpoint: 'histories' | 'agent_histories', length: number): number
  /** How many records a list had when it was last read. Undefined if that is not known any more. */
  lengthOf(list: RecordList): number | undefined
  /**
   * How many calls it takes to have what was counted of a list: none, or one that asks whether it is
   * still right. Undefined if it is not held.
   */
  callsOfCounted(list: RecordList): number | undefined
  /** Whether pages were seen that show about where in the list a csId is. */
  readonly canPlaceCsIds: boolean
  /** Whether any labels of problem types are known. If some are, the others usually are too. */
  readonly hasLabels: boolean
  hasLabel(level: ProblemTypeLevel, optionId: number): boolean
  /** Whether any names of agents are known. If some are, the others usually are too. */
  readonly hasAgentNames: boolean
  hasAgentName(servicerId: number): boolean
}

/** The expectations of a process that has just started, or of an account that is new to it. */
export const NOTHING_KNOWN: Expectations = {
  isRising: () => undefined,
  pageSizeOf: () => ({ rows: 100, isFixed: false }),
  mostEmptyPages: 0,
  pagesOfScan: (_endpoint, length) => Math.ceil(length / 100),
  lengthOf: () => undefined,
  callsOfCounted: () => undefined,
  canPlaceCsIds: false,
  hasLabels: false,
  hasLabel: () => false,
  hasAgentNames: false,
  hasAgentName: () => false,
}
