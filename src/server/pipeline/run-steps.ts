import { type ExecutionResult, type GraphQLSchema, locatedError } from 'graphql'
import { createYoga, type GraphQLParams, isAsyncIterable } from 'graphql-yoga'
import { isRead } from '../http/refusals.ts'
import type { RequestParser, ServerContext, ServerPlugin } from './operation-context.ts'

/** `replyTo` may give a result for what is asked, so that nothing of it is parsed or run. */
type RunSteps = (
  context: ServerContext,
  replyTo: (asked: string) => ExecutionResult | undefined,
) => Promise<ExecutionResult>

/** Has a request pass all hooks of all steps, and gives what is to be answered. */
export function createRunner(schema: GraphQLSchema, steps: readonly ServerPlugin[]): RunSteps {
  const parserOf = requestParser(steps)
  const runOperation = operationRunner(schema, steps)
  const processResult = resultProcessor(steps)
  const run: RunSteps = async (context, replyTo) => {
    const parser = await parserOf(context)
    const asked = await parser.read()
    context.asked = asked
    return replyTo(asked) ?? runOperation(parser.parse(asked), context)
  }
  return async (context, replyTo) =>
    processResult(await run(context, replyTo).catch(failed), context)
}

const failed = (error: unknown): ExecutionResult => ({ errors: [locatedError(error, undefined)] })

/**
 * Leaves all that is between a request and its answer to Yoga. Requests are read and answers written
 * without it, because the objects that it makes for that take several times as long as all the rest.
 */
function operationRunner(schema: GraphQLSchema, steps: readonly ServerPlugin[]) {
  const yoga = createYoga<ServerContext, ServerContext>({ schema, plugins: [...steps], ...OFF })
  const { fetchAPI, getResultForParams } = yoga
  // Of a request, Yoga looks at nothing but the method.
  const requestBy = (method: string) => new fetchAPI.Request('http://gateway', { method })
  const get = requestBy('GET')
  const post = requestBy('POST')

  return async (params: GraphQLParams, context: ServerContext): Promise<ExecutionResult> => {
    const request = isRead(context.incoming) ? get : post
    const result = await getResultForParams({ params, request }, context)
    if (!result || isAsyncIterable(result)) throw new Error('Expected one result, got another.')
    return result
  }
}

/** What Yoga can do too, but steps of ours or other rooms do. */
const OFF = {
  maskedErrors: false,
  maxRequestBodySize: false,
  parserAndValidationCache: false,
  logging: false,
  cors: false,
  graphiql: false,
  landingPage: false,
  multipart: false,
} as const

function requestParser(steps: readonly ServerPlugin[]) {
  const hooks = steps.flatMap(({ onRequestParse }) => onRequestParse ?? [])
  return async (serverContext: ServerContext): Promise<RequestParser> => {
    let parser: RequestParser | undefined
    const setRequestParser = (next: RequestParser) => {
      parser = next
    }
    for (const hook of hooks) await hook({ serverContext, setRequestParser })
    if (!parser) throw new Error('Expected a step to read the request, got none.')
    return parser
  }
}

function resultProcessor(steps: readonly ServerPlugin[]) {
  const hooks = steps.flatMap(({ onResultProcess }) => onResultProcess ?? [])
  return async (first: ExecutionResult, serverContext: ServerContext): Promise<ExecutionResult> => {
    let result = first
    const setResult = (next: ExecutionResult) => {
      result = next
    }
    for (const hook of hooks) await hook({ result, serverContext, setResult })
    return result
  }
}
