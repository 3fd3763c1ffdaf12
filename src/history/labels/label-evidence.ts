/** The level of a problem-type menu: its options' ids are only known to be unique within it. */
export const PROBLEM_TYPE_LEVELS = [1, 2, 3] as const
export type ProblemTypeLevel = (typeof PROBLEM_TYPE_LEVELS)[number]

/** Option ids of a record by level, from the first list; null if the record has none. */
export type OptionIds = readonly [number | null, number | null, number | null]
/** Option texts of the same record by level, from the second list. */
export type OptionLabels = readonly [string | null, string | null, string | null]

/** What the two lists say of one record. */
export interface LabelPair {
  readonly csId: number
  readonly ids: OptionIds
  readonly labels: OptionLabels
  /** Whether it counts even if no other record has an option of it. */
  readonly mayStandAlone?: boolean
}

/** The text that an option has by the evidence; null if the upstream has an empty one. */
export interface Finding {
  readonly label: string | null
  /** Whether more than one record, or one record read twice, says so. */
  readonly isSure: boolean
}

export const optionName = (level: ProblemTypeLevel, optionId: number) => `${level}/${optionId}`

/** An option as the records show it: how many of them give it which text. */
interface Option {
  readonly records: Map<string | null, number>
  /** Options with the same level and parent are siblings: their texts differ. */
  readonly family: string
}

/**
 * The texts that pairs prove, by option name; each record may come once.
 *
 * The two lists are two requests. A record that gets another problem type between them shows the id
 * of one option beside the text of another, or beside none. Such a pair is noticed by what other
 * records say:
 *
 * - Two records that agree prove a text, if at most one record says otherwise.
 * - Who says otherwise at one level has changed in between, and counts at no level.
 * - A text that a sibling has too is doubtful: menus do not offer the same text twice.
 * - A single record counts if another level of it is proven, and as long as nothing speaks against
 *   any; but its finding is not sure. It never proves that an option has no text: that is how a
 *   record looks that just got its type.
 */
export function weighLabels(pairs: readonly LabelPair[]): ReadonlyMap<string, Finding> {
  const all = collectOptions(pairs)
  const believed = pairs.filter(pair => !isContradicted(pair, all))
  const options = collectOptions(believed)
  const claims = claimsIn(options)
  const findings = new Map<string, Finding>()
  for (const [name, option] of options) {
    const label = labelOf(option)
    if (label === undefined || isDoubtful(option, label, claims)) continue
    findings.set(name, { label, isSure: isStrong(option, label) })
  }
  for (const pair of believed) {
    const names = optionsOf(pair).map(({ name }) => name)
    const isDoubted = names.some(name => !findings.has(name))
    const isBacked = pair.mayStandAlone || names.some(name => findings.get(name)?.isSure)
    for (const name of isBacked && !isDoubted ? [] : names) {
      if (findings.get(name)?.isSure === false) findings.delete(name)
    }
  }
  return findings
}

/** What a record proves whose pair is the same in two readings, one after the other. */
export const repeatedLabels = (
  one: LabelPair,
  other: LabelPair,
): readonly (readonly [option: string, finding: Finding])[] => {
  const isSame = one.ids.join() === other.ids.join() && one.labels.join() === other.labels.join()
  return isSame
    ? optionsOf(other).map(({ name, label }) => [name, { label, isSure: true }] as const)
    : []
}

function optionsOf({ ids, labels }: LabelPair) {
  return PROBLEM_TYPE_LEVELS.flatMap(level => {
    const optionId = ids[level - 1]
    if (optionId == null) return []
    const family = `${level}/${ids[level - 2] ?? ''}`
    return [{ name: optionName(level, optionId), family, label: labels[level - 1] ?? null }]
  })
}

function collectOptions(pairs: readonly LabelPair[]): ReadonlyMap<string, Option> {
  const options = new Map<string, Option>()
  for (const { name, family, label } of pairs.flatMap(optionsOf)) {
    const option = options.get(name) ?? { records: new Map(), family }
    options.set(name, option)
    option.records.set(label, (option.records.get(label) ?? 0) + 1)
  }
  return options
}

/** Whether a level has a text without an option, or not the text that other records prove. */
function isContradicted(pair: LabelPair, options: ReadonlyMap<string, Option>): boolean {
  const isTextAlone = pair.labels.some((label, at) => label !== null && pair.ids[at] === null)
  return (
    isTextAlone ||
    optionsOf(pair).some(({ name, label }) => {
      const option = options.get(name)
      const proven = option && labelOf(option)
      return proven !== undefined && proven !== label
    })
  )
}

/** The text of an option by its own records; undefined if they do not say. */
function labelOf({ records }: Option): string | null | undefined {
  const [most, ...others] = [...records].sort(([, one], [, other]) => other - one)
  if (!most) return undefined
  const [label, count] = most
  const against = others.reduce((sum, [, each]) => sum + each, 0)
  if (count > 1) return against > 1 ? undefined : label
  return against === 0 ? label : undefined
}

/** Whether more than one record gives it the text. */
const isStrong = ({ records }: Option, label: string | null) => (records.get(label) ?? 0) > 1

/** By family and text: how many options claim it by one record, and how many by more. */
type Claims = ReadonlyMap<string, { readonly weak: number; readonly strong: number }>

const claimOf = ({ family }: Option, label: string) => `${family} ${label}`

function claimsIn(options: ReadonlyMap<string, Option>): Claims {
  const claims = new Map<string, { weak: number; strong: number }>()
  for (const option of options.values()) {
    const label = labelOf(option)
    if (label == null) continue
    const claim = claims.get(claimOf(option, label)) ?? { weak: 0, strong: 0 }
    claims.set(claimOf(option, label), claim)
    claim[isStrong(option, label) ? 'strong' : 'weak']++
  }
  return claims
}

/** Whether a sibling has the text too, by as many records at least; or it is none, by one record. */
function isDoubtful(option: Option, label: string | null, claims: Claims): boolean {
  if (label === null) return !isStrong(option, label)
  const { weak, strong } = claims.get(claimOf(option, label)) ?? { weak: 0, strong: 0 }
  return isStrong(option, label) ? strong > 1 : weak + strong > 1
}
