import type { DestinationStream } from 'pino'
import type { LogEvent, LogFields } from './log.ts'

type Line = LogFields & { readonly event: LogEvent; readonly time: string }

/** Turns the JSON lines of the log into sentences for a terminal. */
export function forPeople(write: (text: string) => void): DestinationStream {
  return {
    write(json) {
      const line = JSON.parse(json) as Line
      const sentence = SENTENCES[line.event]?.(line) ?? fieldsOf(line)
      if (sentence !== '') write(`${timeOf(line)} ${sentence}\n`)
    },
  }
}

const SENTENCES: Readonly<Partial<Record<LogEvent, (line: Line) => string>>> = {
  // The text that is printed at the start says more than this line of the log.
  listening: () => '',
  operation: line =>
    [
      `${line.operationName ?? 'An operation'}: ${line.outcome}${causesOf(line)}`,
      `after ${line.durationMs} ms,`,
      `${counted(line.upstreamCalls, 'upstream call')}${takingOf(line)},`,
      `${counted(line.bytesOut, 'byte')}.`,
    ].join(' '),
  'upstream-call': line =>
    `  ${line.endpoint}${pageOf(line)}${attemptOf(line)}: ${line.outcome}${statusOf(line)} after ${line.durationMs} ms.`,
  'cache-read': line => `  ${line.kind}: ${line.outcome}, ${line.ageMs} ms old.`,
  'answer-repeated': line =>
    `  The whole answer was given before: ${counted(line.count, 'answer')} of the upstream, ${line.ageMs} ms old.`,
  'request-refused': line => `A request was refused: ${line.status}${causesOf(line)}.`,
  'upstream-oddity': line =>
    `The upstream did what its API does not say: ${line.oddity} of ${line.endpoint}, ${counted(line.count, 'time')} so far.`,
  'unexpected-error': line =>
    [`A fault of the gateway: ${line.errorName}.`, ...(line.frames ?? [])].join('\n    at '),
  draining: line => `${line.signal}: no more requests; the answers under way finish.`,
  stopped: () => 'Stopped.',
}

/** Prints an event that has no sentence of its own. */
const fieldsOf = ({ event, time: _, ...fields }: Line): string =>
  [event, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join(' ')

const timeOf = ({ time }: Line) => new Date(time).toTimeString().slice(0, 8)

const counted = (count = 0, noun = '') => `${count} ${noun}${count === 1 ? '' : 's'}`

const pageOf = ({ page }: Line) => (page === undefined ? '' : `, page ${page}`)

function attemptOf({ attempt }: Line): string {
  if (attempt === undefined) return ', not sent'
  return attempt === 1 ? '' : `, attempt ${attempt}`
}

const statusOf = ({ status }: Line) => (status === undefined ? '' : ` (${status})`)

const takingOf = ({ upstreamMs = 0 }: Line) => (upstreamMs === 0 ? '' : ` in ${upstreamMs} ms`)

function causesOf({ errorCodes = [], causes = [] }: Line): string {
  const all = [...errorCodes, ...causes]
  return all.length === 0 ? '' : ` (${all.join(', ')})`
}
