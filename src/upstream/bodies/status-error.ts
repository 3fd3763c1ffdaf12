import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import {
  UpstreamBadResponseError,
  type UpstreamError,
  UpstreamForbiddenError,
  UpstreamNotFoundError,
  UpstreamRateLimitedError,
  UpstreamRejectedError,
  UpstreamUnauthenticatedError,
  UpstreamUnavailableError,
} from '../errors.ts'
import { parseRetryAfter } from './retry-after.ts'

/** What a status other than 200 means. `retryAfter` is that header field, if there was one. */
export function toStatusError(
  endpoint: EndpointName,
  status: number,
  retryAfter: string | undefined,
): UpstreamError {
  const reason = `status-${status}` as const
  const because = `${ENDPOINT_NOUNS[endpoint]}: expected status 200, got ${status}.`
  if (status === 401)
    return new UpstreamUnauthenticatedError(
      'The upstream does not accept the account or its password.',
      { reason },
    )
  if (status === 403) return new UpstreamForbiddenError(forbids(endpoint), { reason })
  if (status === 404)
    return new UpstreamNotFoundError(`The upstream does not have ${because}`, { reason })
  if (status === 429 || (status === 503 && retryAfter !== undefined))
    return new UpstreamRateLimitedError(`The upstream asks for a pause before ${because}`, {
      reason,
      retryAfterMs: parseRetryAfter(retryAfter),
      isOfAccount: status === 429,
    })
  if (status >= 500)
    return new UpstreamUnavailableError(`The upstream is not able to give ${because}`, { reason })
  const ErrorClass = status >= 400 ? UpstreamRejectedError : UpstreamBadResponseError
  return new ErrorClass(`The upstream did not give ${because}`, { reason })
}

/** Any account may read summaries; the API gives all else to administrators alone. */
function forbids(endpoint: EndpointName): string {
  const refused = `The upstream does not let this account read ${ENDPOINT_NOUNS[endpoint]}`
  return endpoint === 'servicesummary'
    ? `${refused}.`
    : `${refused}: that needs an administrator's account.`
}

/** A 404 that is not the API's own: no proof that there is none. */
export const foreignNotFound = (endpoint: EndpointName): UpstreamError =>
  new UpstreamBadResponseError(
    `The upstream did not give ${ENDPOINT_NOUNS[endpoint]}: expected the API's own answer, got 404 from something else.`,
    { reason: 'other-404', retryable: true, maxRetries: 1 },
  )
