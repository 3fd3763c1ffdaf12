import { setTimeout as wait } from 'node:timers/promises'
import { answerTo } from './answers/answer.ts'
import { callLine, createCallLog, type RecordedCall } from './answers/calls.ts'
import { createHttpServer, listen, stop } from './answers/http-server.ts'
import type { Incoming } from './answers/incoming.ts'
import { wholeSeconds } from './china-time.ts'
import { createProblemTypes, type ProblemTypes } from './content/problem-types.ts'
import type { Oddities } from './odd/oddities.ts'
import { type BeforeAnswer, type EmulatorOptions, type Settings, toSettings } from './options.ts'
import { type Changes, createChanges } from './records/changes.ts'
import { RecordList } from './records/record-list.ts'

/** A running copy of the vendor's REST API, with ways to look at it and to change its data. */
export interface Emulator extends Changes, AsyncDisposable {
  /** Its origin, such as `http://127.0.0.1:41234`. */
  readonly url: string
  /** The latest calls, in the order of arrival. */
  readonly calls: readonly RecordedCall[]
  /** The same as text, such as `histories page=1 per_page=100`. */
  callLines(): string[]
  clearCalls(): void
  /** Changes the text that the v2 list shows for an option. Throws RangeError for an unknown one. */
  readonly relabel: ProblemTypes['relabel']
  /** Gives a record other options. Throws RangeError for an unknown one. */
  readonly reclassify: ProblemTypes['reclassify']
  /** May be set at any time; each answer is as odd as they say when it is computed. */
  oddities: Oddities
  /** May be set and unset at any time. If it throws, the call gets a 500 with its message. */
  beforeAnswer: BeforeAnswer | undefined
  /** Cuts all connections; resolves once the port is free. */
  close(): Promise<void>
}

const NEWEST_AGE_MS = 4 * 60_000

/** Throws RangeError for an option that does not fit; rejects if the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = toSettings(options)
  const problemTypes = createProblemTypes(settings.retiredOptions)
  const { records, startedAtMs } = createRecords(settings)
  const log = createCallLog(settings.recordedCallLimit)
  const closing = new AbortController()

  const answer = async (incoming: Incoming) => {
    log.add(incoming.call)
    await emulator.beforeAnswer?.(incoming.call)
    if (settings.latencyMs > 0) await wait(settings.latencyMs, null, { signal: closing.signal })
    return answerTo({ ...source, oddities: emulator.oddities }, incoming)
  }
  const server = createHttpServer(answer)
  const origin = await listen(server, settings.port, settings.host)
  const { seed, beginsDaysLater, messageCount } = settings
  const { maxPerPage, order, sortBy, administrators } = settings
  const world = { seed, startedAtMs, origin, problemTypes, beginsDaysLater, messageCount }
  const source = { world, records, maxPerPage, order, sortBy, administrators }
  const close = () => {
    closing.abort()
    return stop(server)
  }
  const emulator: Emulator = {
    url: origin,
    get calls() {
      return log.latest()
    },
    callLines: () => log.latest().map(callLine),
    clearCalls: log.clear,
    ...createChanges(records, settings),
    relabel: problemTypes.relabel,
    reclassify: problemTypes.reclassify,
    oddities: options.oddities ?? {},
    beforeAnswer: options.beforeAnswer,
    close,
    [Symbol.asyncDispose]: close,
  }
  return emulator
}

function createRecords(settings: Settings) {
  const startedAtMs = wholeSeconds(settings.now().getTime())
  const endMs = startedAtMs - NEWEST_AGE_MS
  return { startedAtMs, records: new RecordList({ ...settings, endMs }) }
}
