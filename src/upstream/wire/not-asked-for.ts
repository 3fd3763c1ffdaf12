import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamBadResponseError } from '../errors.ts'

/** What it means that an answer is for another id or other days than those asked for. */
export const notAskedFor = (endpoint: EndpointName): UpstreamBadResponseError =>
  new UpstreamBadResponseError(
    `The upstream did not give what was asked for: expected ${ENDPOINT_NOUNS[endpoint]} of one id and the days asked for, got another.`,
    { reason: 'not-asked-for' },
  )
