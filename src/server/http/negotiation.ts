import type { IncomingMessage } from 'node:http'

export const GRAPHQL_TYPE = 'application/graphql-response+json'
export const JSON_TYPE = 'application/json'

/** Whether a browser asks for a page to look at. */
export const wantsPage = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && acceptedTypes(headers.accept).includes('text/html')

/** The media type that an answer is to have; undefined where the caller accepts none of ours. */
export function answerTypeOf({ headers }: IncomingMessage): string | undefined {
  const types = acceptedTypes(headers.accept ?? '*/*')
  const ours = [GRAPHQL_TYPE, JSON_TYPE, 'application/*', '*/*']
  const accepted = types.find(type => ours.includes(type))
  return accepted?.endsWith('*') ? JSON_TYPE : accepted
}

/** Whether a body is JSON in UTF-8, without a content encoding. */
export const isPlainJson = ({ headers }: IncomingMessage): boolean =>
  mediaType(headers['content-type']) === JSON_TYPE &&
  charsetsOf(headers['content-type']).every(charset => /^utf-?8$/i.test(charset)) &&
  (headers['content-encoding'] ?? 'identity') === 'identity'

/** What a media type says of the charset, quoted or not: nothing, as a rule. */
const charsetsOf = (value = ''): string[] =>
  [...value.matchAll(/;\s*charset\s*=\s*"?([^\s;"]*)/gi)].map(([, charset = '']) => charset)

/** The types in an `Accept` header, what the caller likes best first. */
function acceptedTypes(accept = ''): string[] {
  const parts = accept.split(',').map(part => ({ type: mediaType(part), weight: weightOf(part) }))
  const wanted = parts.filter(({ weight }) => weight > 0)
  return wanted.sort((a, b) => b.weight - a.weight).map(({ type }) => type)
}

const mediaType = (value = ''): string => (value.split(';', 1)[0] ?? '').trim().toLowerCase()

const weightOf = (part: string): number => Number(/;\s*q=([0-9.]+)/i.exec(part)?.[1] ?? 1)
