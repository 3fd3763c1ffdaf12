import { isUtf8 } from 'node:buffer'
import { GraphQLError } from 'graphql'
import type { GraphQLParams } from 'graphql-yoga'
import type { InputLimits } from '../../variables/limits.ts'
import { assertFlat, assertSmall } from './input-limits.ts'

/** What a caller sends: a document by its text or by its id, and what goes with it. */
export interface OperationRequest {
  readonly query: string | undefined
  readonly documentId: string | undefined
  /** The SHA-256 hash of a text, as clients send it that persist their queries by themselves. */
  readonly automaticHash: string | undefined
  readonly parameters: Omit<GraphQLParams, 'query'>
}

/** The parameters in a JSON body. Throws a GraphQLError, with code BAD_REQUEST or that of a limit. */
export function parseBody(body: string, limits: InputLimits): OperationRequest {
  const parameters = parseJson(body, 'the body', limits)
  if (!isMap(parameters)) throw badRequest('the body', 'an object', parameters)
  return checked(parameters, limits)
}

/** The same of the query of a URL. */
export function parseSearch(search: string, limits: InputLimits): OperationRequest {
  if (!isUtf8(bytesOf(search))) throw badRequest('the URL', 'UTF-8', undefined)
  const found = new URLSearchParams(search)
  const text = (name: string) => {
    const [value, ...others] = found.getAll(name)
    // Which of several counts, a proxy before the gateway may see otherwise.
    if (others.length > 0) throw refusal(`Expected ${name} once in the URL, got it several times.`)
    return value
  }
  const json = (name: string) => {
    const value = text(name)
    return value ? parseJson(value, name, limits) : undefined
  }
  const parameters = {
    query: text('query'),
    documentId: text('documentId'),
    operationName: text('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  }
  return checked(parameters, limits)
}

/** As Node gives it, a URL has a character for each byte. */
const bytesOf = (search: string): Buffer => {
  const decoded = search.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(decoded, 'latin1')
}

function checked(parameters: Record<string, unknown>, limits: InputLimits): OperationRequest {
  const operationName = optionalText(parameters, 'operationName')
  const variables = optionalMap(parameters, 'variables')
  const extensions = optionalMap(parameters, 'extensions')
  if (variables) assertSmall(variables, limits)
  return {
    query: optionalText(parameters, 'query'),
    documentId: optionalText(parameters, 'documentId'),
    automaticHash: hashIn(extensions),
    parameters: {
      ...(operationName && { operationName }),
      variables: variables ?? {},
      ...(extensions && { extensions }),
    },
  }
}

/** The hash, in the place in which Apollo's clients send it. */
function hashIn(extensions: Record<string, unknown> = {}): string | undefined {
  const persisted = optionalMap(extensions, 'persistedQuery')
  if (!persisted) return undefined
  if (persisted.version !== 1)
    throw refusal('Expected persistedQuery.version to be 1, got another.')
  return optionalText(persisted, 'sha256Hash')
}

function optionalText(parameters: Record<string, unknown>, name: string): string | undefined {
  const value = parameters[name] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw badRequest(name, 'a string', value)
}

function optionalMap(parameters: Record<string, unknown>, name: string) {
  const value = parameters[name] ?? undefined
  if (value === undefined || isMap(value)) return value
  throw badRequest(name, 'an object', value)
}

function parseJson(text: string, name: string, limits: InputLimits): unknown {
  assertFlat(text, limits)
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest(name, 'JSON', undefined)
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function badRequest(name: string, expected: string, got: unknown): GraphQLError {
  const kind = Array.isArray(got) ? 'a list' : got === null ? 'null' : typeof got
  const instead = got === undefined ? 'something else or nothing' : kind
  return refusal(`Expected ${name} to be ${expected}, got ${instead}.`)
}

const refusal = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', retryable: false } })
