import type { Asked } from '../gateway.ts'

/** The records in the answer, whichever way they were asked for. */
export function recordsIn({ data }: Asked['body']): Record<string, unknown>[] {
  const records = data?.remoteRecords as Record<string, Record<string, unknown>[]> | undefined
  const owner = (data?.agent ?? data?.client) as { remoteRecords: typeof records } | undefined
  return (records ?? owner?.remoteRecords)?.nodes ?? []
}

export const codesIn = ({ errors = [] }: Asked['body']) => [
  ...new Set(errors.map(({ extensions }) => extensions.code)),
]

export const TABS: readonly [tab: string, name: string, shown: string][] = [
  ['Open today 今天未完成', 'OpenToday', '"nodes"'],
  ['Unresolved 本周未解决', 'UnresolvedThisWeek', '"recordsRead"'],
  ['Badly rated 差评', 'BadlyRated', '"chatMessages"'],
  ["An agent's day 客服的一天", 'AgentsDay', '"durationSeconds"'],
  ["Agent's month 客服月报", 'AgentsMonth', '"ratedCount"'],
  ["A client's history 客户历史", 'ClientsHistory', '"recordsRead"'],
  ['Turnover 营业额', 'Turnover', '"paidPrice"'],
  ['Everything, then new 全量与增量', 'EverythingThenNew', '"endCursor"'],
  ['What it costs 费用', 'WhatItCosts', '"atMost"'],
]

export const titleOf = (name: string) => TABS.find(([, each]) => each === name)?.[0] ?? name

// Examples look at days up to today.
export const UP_TO_TODAY = { emulator: { now: () => new Date() } }
