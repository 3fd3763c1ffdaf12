import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamBadResponseError } from '../errors.ts'

/** What an answer is asked by. */
export type Asked = 'id' | 'days'

const EXPECTED: Readonly<Record<Asked, readonly [asked: string, got: string]>> = {
  id: ['one id', 'another'],
  days: ['the days asked for', 'other days'],
}

/** What it means that an answer is for another id or other days than those asked for. */
export function notAskedFor(endpoint: EndpointName, asked: Asked): UpstreamBadResponseError {
  const [expected, got] = EXPECTED[asked]
  return new UpstreamBadResponseError(
    `The upstream did not give what was asked for: expected ${ENDPOINT_NOUNS[endpoint]} of ${expected}, got ${got}.`,
    { reason: 'not-asked-for' },
  )
}
