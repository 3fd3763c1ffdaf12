interface Status {
  readonly status: number
  /** Under plain application/json: GraphQL over HTTP wants 200 there if the document is to blame. */
  readonly jsonStatus: number
}

const always = (status: number): Status => ({ status, jsonStatus: status })
const inDocument: Status = { status: 400, jsonStatus: 200 }

const INTERNAL = always(500)

/** The HTTP status of an answer that has no data, by the code of its error. */
const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['BAD_REQUEST', always(400)],
  ['PERSISTED_QUERY_ID_REQUIRED', always(400)],
  ['PERSISTED_QUERY_NOT_FOUND', inDocument],
  ['PERSISTED_QUERY_NOT_SUPPORTED', inDocument],
  ['GRAPHQL_PARSE_FAILED', inDocument],
  ['GRAPHQL_VALIDATION_FAILED', inDocument],
  ['DOCUMENT_SIZE_LIMIT', inDocument],
  ['TOKEN_LIMIT', inDocument],
  ['DEPTH_LIMIT', inDocument],
  ['FRAGMENT_DEPTH_LIMIT', inDocument],
  ['ROOT_FIELD_LIMIT', inDocument],
  ['FIELD_LIMIT', inDocument],
  ['ALIAS_LIMIT', inDocument],
  ['DIRECTIVE_LIMIT', inDocument],
  ['REPEATED_FIELD_LIMIT', inDocument],
  ['ANSWER_SIZE_LIMIT', inDocument],
  ['JSON_DEPTH_LIMIT', always(400)],
  ['BAD_USER_INPUT', inDocument],
  ['UPSTREAM_CALL_LIMIT', inDocument],
  ['UNAUTHENTICATED', always(401)],
  ['FORBIDDEN', always(403)],
  ['CSRF_BLOCKED', always(403)],
  ['NOT_FOUND', always(404)],
  ['METHOD_NOT_ALLOWED', always(405)],
  ['NOT_ACCEPTABLE', always(406)],
  ['REQUEST_TIMEOUT', always(408)],
  ['PAYLOAD_TOO_LARGE', always(413)],
  ['UNSUPPORTED_MEDIA_TYPE', always(415)],
  ['TOO_MANY_ATTEMPTS', always(429)],
  ['HEADERS_TOO_LARGE', always(431)],
  ['ISSUER_UNAVAILABLE', always(503)],
  ['OVERLOADED', always(503)],
  ['AUDIT_UNAVAILABLE', always(503)],
  ['INTERNAL_SERVER_ERROR', INTERNAL],
  ['UPSTREAM_RATE_LIMITED', always(503)],
])

export const statusOf = (code: string): Status => STATUSES.get(code) ?? INTERNAL
