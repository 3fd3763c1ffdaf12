import { type Cost, type Measured, QUERY } from './measure.ts'

const LINE = 19
const TOP = 66
const WIDTH = 1040
const RIGHT = 516

/** The picture of README.md: the REST calls, one query with its answer, and what both cost. */
export function toSvg({ byHand, byGateway, again, data }: Measured): string {
  const left = restLines(byHand.calls)
  const right = [...QUERY.split('\n'), '', ...answerLines(data)]
  const bottom = TOP + Math.max(left.length, right.length) * LINE
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 62}" role="img" aria-label="One record by REST calls, and by one query">`,
    `<style>text{font:14px ui-monospace,Menlo,Consolas,monospace;fill:#1f2937;white-space:pre}.h{font:600 16px system-ui,sans-serif}.n{fill:#b45309}.s{fill:#6b7280;font-family:system-ui,sans-serif}.q{fill:#1d4ed8}</style>`,
    `<rect x=".5" y=".5" width="${WIDTH - 1}" height="${bottom + 61}" rx="10" fill="#fff" stroke="#d1d5db"/>`,
    `<path d="M${RIGHT - 24} 20V${bottom + 42}M24 ${bottom}H${WIDTH - 24}" stroke="#e5e7eb"/>`,
    textAt(24, 36, 'The REST API', 'h'),
    textAt(RIGHT, 36, 'The gateway', 'h'),
    ...left.map(([line, style], at) => textAt(24, TOP + at * LINE, line, style)),
    ...right.map((line, at) =>
      textAt(RIGHT, TOP + at * LINE, line, at <= QUERY.split('\n').length ? 'q' : ''),
    ),
    textAt(24, bottom + 34, costLine(byHand), 'h'),
    textAt(RIGHT, bottom + 34, `${costLine(byGateway)}; again: ${costLine(again)}`, 'h'),
    '</svg>',
    '',
  ].join('\n')
}

const costLine = ({ calls, rows }: Cost) => `${calls.length} calls, ${rows} rows`

type Line = readonly [text: string, style?: string]

/** What each kind of calls is made for, in the words of the API. */
const WHY: Readonly<Record<string, string>> = {
  histories: 'no call has a record by its csId: turn pages until it comes',
  histories_v2: 'ptId is a number here, and a text there: read the page again',
  chatrecords: "csServicerId is a number: the agent's name is in the chat",
  servicesummary: 'a call of its own',
}

function restLines(calls: readonly string[]): Line[] {
  const groups = Map.groupBy(calls, call => call.split(/[ /]/)[0] ?? '')
  return [...groups].flatMap(([endpoint, made]): Line[] => [
    [WHY[endpoint] ?? '', 's'],
    ...made.map((call): Line => [`GET ${toPath(call)}`, 'n']),
    [''],
  ])
}

/** `histories page=1 per_page=100` as the end of its URL. */
function toPath(call: string): string {
  const [place = '', ...parameters] = call.split(' ')
  const [endpoint, id] = place.split('/')
  return `${endpoint}${id ? `/${id}` : ''}.json?${parameters.join('&')}`
}

/** JSON on few lines: objects without objects in them stay on one. */
const answerLines = (data: unknown): string[] =>
  JSON.stringify(data, null, 2)
    .replace(/\{\n\s+([^{}[\]]*?)\n\s+\}/g, (_, inside: string) => {
      return `{ ${inside.replace(/\n\s+/g, ' ')} }`
    })
    .split('\n')

const textAt = (x: number, y: number, text: string, style = '') =>
  text === '' ? '' : `<text x="${x}" y="${y}" class="${style}">${escapeXml(text)}</text>`

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
