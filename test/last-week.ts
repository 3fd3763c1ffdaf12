const DAY_MS = 24 * 60 * 60 * 1000

/** The last seven days in China that are over: the first and the last of them. */
export function lastWeek(now: Date): readonly [from: string, to: string] {
  const dayBefore = (days: number) =>
    new Date(now.getTime() - days * DAY_MS).toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })
  return [dayBefore(7), dayBefore(1)]
}
