/**
 * What is known of one thing that the gateway needs. `note`: it is other than one may expect, and the
 * gateway copes. `unknown`: it could not be found out.
 */
export type Verdict = 'ok' | 'note' | 'fail' | 'unknown'

export interface Finding {
  readonly name: string
  readonly verdict: Verdict
  /** For people; no value of the data and no account is in it. */
  readonly says: string
}

export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

export const finding = (name: string, verdict: Verdict, says: string): Finding => ({
  name,
  verdict,
  says,
})
