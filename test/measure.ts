/** How long work takes, in ms. */
export async function elapsedMs(work: () => unknown): Promise<number> {
  const beganAtMs = performance.now()
  await work()
  return performance.now() - beganAtMs
}

/** How long this thread computes for work, in ms: what other threads and processes take does not count. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const beganAtMs = threadCpuMs()
  await work()
  return threadCpuMs() - beganAtMs
}

/** How long work holds the event loop of this thread at most, in ms of its CPU time. */
export async function longestPauseMs(work: () => unknown): Promise<number> {
  let longest = 0
  let last = threadCpuMs()
  const look = () => {
    const now = threadCpuMs()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(look, 1)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  look()
  return longest
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/**
 * The least of what is measured, in ms. It is measured once if that is below the limit, else up to three
 * times: a busy machine only adds to what code takes, so what is too much each time is of the code.
 */
export async function leastOfThree(
  limitMs: number,
  measure: () => Promise<number>,
): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let time = 0; time < 3 && least >= limitMs; time++) least = Math.min(least, await measure())
  return least
}
