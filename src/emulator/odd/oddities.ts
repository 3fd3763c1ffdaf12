import type { Answer } from '../answers/answer.ts'
import type { RecordedCall } from '../answers/calls.ts'
import type { ChatMessage } from '../content/chat.ts'
import type { Row } from '../content/record-row.ts'

/** How any answer may be odd. */
export interface AnswerOddities {
  /** Gives what is sent in place of the JSON of an answer that is no refusal. */
  readonly body?: (body: Body, call: RecordedCall) => unknown
  /** Gives the answer that is sent in place of any answer, once it is written as text. */
  readonly wire?: (answer: Answer, call: RecordedCall) => Answer
}

/** The JSON object of an answer, before it is written as text. */
export type Body = Readonly<Record<string, unknown>>

/**
 * How a paged list may differ from what one expects. Each oddity is off unless it is given, and
 * all of them go together. They take effect in the order in which they stand here: what the whole
 * list looks like, how a page is cut from it, and what the page says.
 *
 * A predicate gets a record's csId, or a whole chat message. Where a number names a row, it is a
 * record's csId, or a message's number (1 is the oldest).
 */
export interface PageOddities<Spot> extends AnswerOddities {
  /**
   * Rows that this list does not have at all, and that its count does not count: as if the list
   * were answered from an older copy. A list of records may have 20,000 rows at most.
   */
  readonly without?: (spot: Spot) => boolean
  /** `reversed`: rows of the same second stand the other way round than all others. */
  readonly ties?: 'reversed'
  /**
   * Rows that stand in each other's place: pairs, or a function that gives each row's partner and,
   * for the partner, that row again. A row whose partner is not in the list stays where it is.
   */
  readonly swapped?: readonly (readonly [number, number])[] | ((key: number) => number)
  /**
   * Rows that the list has twice, as a join gives them. Later rows move on by one place; the count
   * leaves the second ones out. The list may have 20,000 rows at most.
   */
  readonly twiceInList?: (spot: Spot) => boolean
  /** Which rows the first page has. Record lists start with the newest, chats with the oldest. */
  readonly order?: 'ascending' | 'descending'

  /** Rows that a page has at most, whatever is asked. Default: the emulator's `maxPerPage`. */
  readonly maxPerPage?: number
  /**
   * What is taken for `per_page`, whatever is asked, or as it depends on that. `all` takes lists of 20,000
   * rows at most.
   */
  readonly perPage?: number | 'all' | ((asked: number) => number)
  /** How many rows of the next page a page has besides its own. Default 0. */
  readonly rowsAhead?: number
  /** The number of the first page. Default 1. */
  readonly firstPage?: 0 | 1
  /** A page that reaches beyond this many rows is refused, as search indexes do. */
  readonly refusedBeyond?: { readonly row: number; readonly status: number }
  /** A page past the end repeats the last one, or gets this status. Default: it is empty. */
  readonly pageBeyondEnd?: 'last again' | number
  /**
   * Rows that are taken off a page after it was cut, as rights applied after LIMIT do: the page
   * is short, and page numbers and the count go on as if the rows were there.
   */
  readonly hidden?: (spot: Spot) => boolean
  /** Rows that a page lists twice, one below the other. The page is so much longer. */
  readonly twiceOnPage?: (spot: Spot) => boolean
  /** `turned`: the rows of each page stand the other way round than the pages do. */
  readonly rowsInPage?: 'turned'

  /**
   * What `count` says, of the true number; undefined leaves it out. `without hidden` counts what
   * can be seen, in lists of 20,000 rows at most; `of the page` counts the rows of the page alone.
   */
  readonly count?: 'without hidden' | 'of the page' | ((count: number) => unknown)
  /**
   * What `next_page` says. `by count` believes the count that is said. A function gets the true
   * URL or null, and the URL that would follow anyway; undefined leaves `next_page` out.
   */
  readonly nextPage?:
    | 'always'
    | 'never'
    | 'absent'
    | 'by count'
    | ((truth: string | null, following: string) => unknown)
  /** Called for each row as it is written, a message's row too; gives what is sent in its place. */
  readonly row?: (row: Row) => Row
}

/** How lists of records may be odd. */
export interface ListOddities extends PageOddities<number> {
  /** What the list is sorted by. Default: the emulator's `sortBy`. */
  readonly sortBy?: 'csId' | 'time'
  /**
   * The days that are asked for are not looked at, or taken for so many days later; or the last one
   * is left out.
   */
  readonly days?: 'ignored' | 'last left out' | number
}

export interface AgentListOddities extends ListOddities {
  /** The agent whose records are listed, of the agent that is asked for; or everyone's. */
  readonly answersFor?: 'everyone' | ((agentId: number) => number)
}

/** How chats may be odd. */
export interface ChatOddities extends PageOddities<ChatMessage> {
  /** The chat of a record that there is not is empty, in place of a 404. */
  readonly unknownRecord?: 'empty'
  /** The record whose chat is given, of the one that is asked for. */
  readonly answersFor?: (csId: number) => number
  /** What `time` says; undefined leaves the true one. */
  readonly time?: (message: ChatMessage) => string | null | undefined
  /** What `spokesman` says; undefined leaves the true one. */
  readonly spokesman?: (message: ChatMessage) => string | number | undefined
}

/**
 * What is odd, and how. What is said of one endpoint is added to what is said of `lists` and of
 * all, and counts where more than one says something.
 */
export interface Oddities {
  readonly everywhere?: AnswerOddities
  /** The three lists of records. */
  readonly lists?: ListOddities
  readonly histories?: ListOddities
  readonly histories_v2?: ListOddities
  readonly agent_histories?: AgentListOddities
  readonly chatrecords?: ChatOddities
  readonly servicesummary?: AnswerOddities
}
