import type { IncomingMessage } from 'node:http'
import type { HttpRefusal } from './respond.ts'

const ANSWER_TYPES = [
  'application/graphql-response+json',
  'application/json',
  'application/*',
  '*/*',
]

/** Whether a browser asks for a page to look at. */
export const wantsPage = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && mediaTypes(headers.accept).includes('text/html')

/** What stands against a request to the graph, before anything of its operation is looked at. */
export function refusalOf({ method, headers }: IncomingMessage): HttpRefusal | undefined {
  if (method !== 'GET' && method !== 'POST') return methodNotAllowed('GET, POST')
  const accepted = mediaTypes(headers.accept ?? '*/*')
  if (!accepted.some(type => ANSWER_TYPES.includes(type))) return NOT_ACCEPTABLE
  const isJson = mediaTypes(headers['content-type'])[0] === 'application/json'
  const isEncoded = (headers['content-encoding'] ?? 'identity') !== 'identity'
  return method === 'POST' && (!isJson || isEncoded) ? UNSUPPORTED_MEDIA_TYPE : undefined
}

export const methodNotAllowed = (allowed: string): HttpRefusal => ({
  code: 'METHOD_NOT_ALLOWED',
  message: `Expected one of the methods ${allowed}, got another.`,
  headers: { Allow: allowed },
})

const NOT_ACCEPTABLE: HttpRefusal = {
  code: 'NOT_ACCEPTABLE',
  message: `Expected Accept to allow ${ANSWER_TYPES[0]} or ${ANSWER_TYPES[1]}, got neither.`,
}

const UNSUPPORTED_MEDIA_TYPE: HttpRefusal = {
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'Expected a body of type application/json without a content encoding, got another.',
}

/** The types in a header, without their parameters. */
const mediaTypes = (header = ''): string[] =>
  header.split(',').map(part => (part.split(';')[0] ?? '').trim().toLowerCase())
