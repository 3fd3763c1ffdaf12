/** The least of the waits that a retry may get at most; the next one is four times as long. */
const FIRST_MS = 200
const LONGEST_MS = 2000

/**
 * How long to wait before a retry, `retry` from 1. Anywhere between none and a limit that grows
 * ("full jitter"), so that calls which failed together do not come back together.
 */
export function backoffMs(retry: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 4 ** (retry - 1))
}
