import { startGateway } from './contender.ts'
import type { Options } from './options.ts'
import { median } from './statistics.ts'
import type { Upstream } from './upstream.ts'

/** Milliseconds from a process's start to its first answer that needs the upstream: medians. */
export interface StartTimes {
  readonly starts: number
  readonly onUpstreamMs: number
  readonly onEmbeddedEmulatorMs: number
}

const STARTS = 5
const FIRST = {
  name: 'records',
  document: '{ remoteRecords(first: 1) { nodes { csId } } }',
} as const

export async function measureStarts(upstream: Upstream, options: Options): Promise<StartTimes> {
  return {
    starts: STARTS,
    onUpstreamMs: await medianStart(upstream.url, options),
    onEmbeddedEmulatorMs: await medianStart(undefined, options),
  }
}

async function medianStart(upstream: string | undefined, options: Options): Promise<number> {
  const times: number[] = []
  for (let start = 0; start < STARTS; start++) {
    await using gateway = await startGateway(options, upstream, FIRST)
    times.push(gateway.startMs)
  }
  return median(times)
}
