import type { GraphQLSchema } from 'graphql'
import type { Dice } from '../../src/emulator/random.ts'
import { DocumentWriter } from './document-writer.ts'
import { corrupt, explosive, mutate } from './mutations.ts'
import { anyOf, CANARY, oddJson } from './values.ts'

export interface FuzzRequest {
  readonly kind: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
  /** Whether the body is all that is sent, without HTTP around it. */
  readonly isRaw?: boolean
}

const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json',
}

const post = (
  kind: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
) => ({
  kind,
  method: 'POST',
  path: '/graphql',
  headers: { ...HEADERS, ...headers },
  body: Buffer.from(body),
})

/** A request of any kind: from what an app sends to what no program does. */
export function writeRequest(schema: GraphQLSchema, dice: Dice): FuzzRequest {
  const write = () => new DocumentWriter(schema, dice).write()
  const mutated = () => mutate(write().query, dice)
  const kinds: (() => FuzzRequest)[] = [
    () => post('an operation', JSON.stringify(write())),
    () => post('a mutated document', JSON.stringify({ query: mutated() })),
    () => post('a mutated document', JSON.stringify({ ...write(), query: mutated() })),
    () => post('an explosive document', JSON.stringify({ query: explosive(dice) })),
    () => post('odd variables', oddVariables(write().query, dice)),
    () => post('odd JSON', oddJson(dice)),
    () => post('odd parameters', oddParameters(mutated(), dice)),
    () => post('corrupt bytes', corrupt(Buffer.from(JSON.stringify(write())), dice)),
    () => post('odd headers', JSON.stringify(write()), oddHeaders(dice)),
    () => oddTarget(mutated(), dice),
  ]
  if (dice.oneIn(100)) return raw(JSON.stringify(write()), dice)
  return (anyOf(dice, kinds) ?? kinds[0])?.() as FuzzRequest
}

/** What is nearly HTTP, or nothing like it. */
function raw(json: string, dice: Dice): FuzzRequest {
  const lengths = [`Content-Length: ${Buffer.byteLength(json)}`, 'Content-Length: -1']
  const bodies = [
    ...lengths,
    'Transfer-Encoding: chunked',
    'Content-Length: 1\r\nContent-Length: 2',
  ]
  const head = [
    'POST /graphql HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    anyOf(dice, bodies),
  ]
  const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n${json}`)
  return { ...post('raw bytes', dice.oneIn(4) ? bytes : corrupt(bytes, dice)), isRaw: true }
}

const oddVariables = (query: string, dice: Dice): string => {
  const names = [...query.matchAll(/\$(\w+):/g)].map(([, name]) => name)
  const variables = [...names, 'v1', '__proto__'].map(
    name => `${JSON.stringify(name)}:${oddJson(dice, 2)}`,
  )
  return `{"query":${JSON.stringify(query)},"variables":{${variables.join(',')}}}`
}

const oddParameters = (query: string, dice: Dice): string => {
  const text = JSON.stringify(query)
  const parameters = {
    query: dice.oneIn(4) ? oddJson(dice) : text,
    operationName: dice.oneIn(2) ? oddJson(dice, 1) : '"Q1"',
    extensions: oddJson(dice, 2),
    documentId: oddJson(dice, 0),
    variables: oddJson(dice, 1),
  }
  const given = Object.entries(parameters).filter(() => dice.oneIn(2))
  return `{${given.map(([name, value]) => `"${name}":${value}`).join(',')}}`
}

function oddHeaders(dice: Dice): Record<string, string> {
  const values = [
    CANARY.slice(1, -1),
    '',
    '*/*',
    'text/html',
    'gzip',
    '1',
    'only',
    'application/json;q=0',
  ]
  const names = ['accept', 'content-type', 'accept-encoding', 'content-encoding', 'x-explain']
  const more = [
    'authorization',
    'cookie',
    'origin',
    'x-forwarded-for',
    'traceparent',
    'x-request-id',
  ]
  const chosen = [...names, ...more].filter(() => dice.oneIn(4))
  return Object.fromEntries(chosen.map(name => [name, anyOf(dice, values) ?? '']))
}

function oddTarget(query: string, dice: Dice): FuzzRequest {
  const search = new URLSearchParams({ query, variables: oddJson(dice, 1).slice(0, 1000) })
  const paths = [
    '/graphql',
    '/graphql',
    '/graphql/',
    '/health/live',
    '/%00',
    '//graphql',
    '/../etc',
  ]
  const methods = ['GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH']
  const text = dice.oneIn(4) ? '?query=%zz&variables={' : `?${search}`
  return {
    kind: 'odd target',
    method: anyOf(dice, methods) ?? 'GET',
    path: `${anyOf(dice, paths)}${text}`.slice(0, 12_000),
    headers: { accept: HEADERS.accept, 'x-explain': '1' },
    body: undefined,
  }
}
