import type { Dispatcher } from 'undici'
import { ACCEPTED_ENCODINGS, readText, toEncoding } from './body.ts'
import { ENDPOINT_NOUNS, type EndpointName } from './endpoint.ts'
import { UpstreamBadResponseError } from './errors.ts'
import { parseJson } from './json.ts'
import type { OnOddity } from './oddity.ts'
import { toStatusError } from './status-error.ts'

/** What is read of a body that nobody wants, so that its connection can serve the next call. */
const DUMPED_BYTES = 16 * 1024
const DUMP_MS = 1000

/** The JSON of a 200 answer; throws an UpstreamError for any other. The body is always done with. */
export async function readAnswer(
  endpoint: EndpointName,
  response: Dispatcher.ResponseData,
  maxBodyBytes: number,
  onOddity: OnOddity,
): Promise<unknown> {
  const { statusCode, headers, body } = response
  const header = (name: string) => [headers[name]].flat()[0]
  if (statusCode !== 200) {
    dump(response)
    throw toStatusError(endpoint, statusCode, header('retry-after'))
  }
  const encoding = toEncoding(header('content-encoding'))
  if (!encoding) {
    dump(response)
    throw new UpstreamBadResponseError(
      `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected one of the encodings ${ACCEPTED_ENCODINGS}, got another.`,
    )
  }
  const text = withoutByteOrderMark(await readText(endpoint, body, encoding, maxBodyBytes))
  if (isHtml(text)) throw notJson(endpoint, 'an HTML page')
  try {
    return parseJson(text, () => onOddity('tolerated-json'))
  } catch {
    // The parser's own error quotes the body, so it cannot be the cause.
    throw notJson(endpoint, text.trim() === '' ? 'an empty body' : 'something else')
  }
}

function dump({ body }: Dispatcher.ResponseData): void {
  const given = { limit: DUMPED_BYTES, signal: AbortSignal.timeout(DUMP_MS) }
  body.dump(given).catch(() => undefined)
}

const withoutByteOrderMark = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/** Told by the text itself: many servers call their JSON `text/html`. */
const isHtml = (text: string) => /^\s*</.test(text)

const notJson = (endpoint: EndpointName, got: string) =>
  new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected JSON, got ${got}.`,
    { retryable: true },
  )
