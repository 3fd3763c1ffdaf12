import { GraphQLError } from 'graphql'
import type { GraphQLParams } from 'graphql-yoga'

/** The parameters in a JSON body. Throws a GraphQLError with code BAD_REQUEST. */
export function parseBody(body: string): GraphQLParams {
  const parameters = parseJson(body, 'the body')
  if (!isMap(parameters)) throw badRequest('the body', 'an object', parameters)
  return checked(parameters)
}

/** The parameters in the query of a path. Throws a GraphQLError with code BAD_REQUEST. */
export function parseSearch(path: string): GraphQLParams {
  const found = new URLSearchParams(path.split('?').slice(1).join('?'))
  const json = (name: string) => {
    const text = found.get(name)
    return text ? parseJson(text, name) : undefined
  }
  return checked({
    query: found.get('query'),
    operationName: found.get('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  })
}

function checked({ query, operationName, variables, extensions }: Record<string, unknown>) {
  if (typeof query !== 'string') throw badRequest('query', 'a string', query)
  if (!isUnset(operationName) && typeof operationName !== 'string')
    throw badRequest('operationName', 'a string', operationName)
  if (!isUnset(variables) && !isMap(variables))
    throw badRequest('variables', 'an object', variables)
  if (!isUnset(extensions) && !isMap(extensions))
    throw badRequest('extensions', 'an object', extensions)
  return {
    query,
    ...(operationName && { operationName }),
    variables: variables ?? {},
    ...(extensions && { extensions }),
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest(name, 'JSON', undefined)
  }
}

const isUnset = (value: unknown) => value === undefined || value === null

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function badRequest(name: string, expected: string, got: unknown): GraphQLError {
  const kind = Array.isArray(got) ? 'a list' : got === null ? 'null' : typeof got
  const instead = got === undefined ? 'something else or nothing' : kind
  return new GraphQLError(`Expected ${name} to be ${expected}, got ${instead}.`, {
    extensions: { code: 'BAD_REQUEST', retryable: false },
  })
}
