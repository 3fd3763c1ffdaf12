import type { NonEmpty } from '../../random.ts'

/** One problem as client and agent would talk it through. */
export interface ProblemCase {
  /** The client's words; also the record's problem description. */
  readonly note: string
  readonly question: string
  readonly reply: string
  readonly advice: string
  readonly solution: string
}

interface ProblemDetail {
  readonly label: string
  readonly cases: NonEmpty<ProblemCase>
}

export interface ProblemArea {
  readonly label: string
  readonly children: NonEmpty<ProblemDetail>
}

/** The three levels of problem types: topic, area, detail. */
export interface ProblemTopic {
  readonly label: string
  readonly children: NonEmpty<ProblemArea>
}
