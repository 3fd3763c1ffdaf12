import { type Contender, startGateway, startHandWritten } from './contender.ts'
import { FIRST_RECORD } from './operations.ts'
import type { Options } from './options.ts'
import { median } from './statistics.ts'
import { startUpstream } from './upstream.ts'

/** Milliseconds from a process's start to its first answer that needs the upstream: medians. */
export interface StartTimes {
  readonly starts: number
  readonly onUpstreamMs: number
  readonly onEmbeddedEmulatorMs: number
  readonly handWrittenMs: number
  /** The gateway's time on an upstream by the hand-written client's, of starts one after the other. */
  readonly ratios: readonly number[]
  readonly ratio: number
}

const STARTS = 9

/** Starts them by turns, so that what the machine does besides befalls all. */
export async function measureStarts(options: Options): Promise<StartTimes> {
  await using upstream = await startUpstream()
  const times = []
  for (let start = 0; start < STARTS; start++) {
    times.push({
      onUpstreamMs: await startMsOf(startGateway(options, upstream.url, FIRST_RECORD)),
      handWrittenMs: await startMsOf(startHandWritten(options, upstream.url, FIRST_RECORD)),
      onEmbeddedEmulatorMs: await startMsOf(startGateway(options, undefined, FIRST_RECORD)),
    })
  }
  const ratios = times.map(({ onUpstreamMs, handWrittenMs }) => onUpstreamMs / handWrittenMs)
  return {
    starts: STARTS,
    onUpstreamMs: median(times.map(each => each.onUpstreamMs)),
    onEmbeddedEmulatorMs: median(times.map(each => each.onEmbeddedEmulatorMs)),
    handWrittenMs: median(times.map(each => each.handWrittenMs)),
    ratios,
    ratio: median(ratios),
  }
}

async function startMsOf(starting: Promise<Contender>): Promise<number> {
  await using contender = await starting
  return contender.startMs
}
