import type { GraphQLSchema } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Log } from '../../log.ts'
import type { DocumentMemory } from '../documents/document-memory.ts'
import { answerTypeOf, JSON_TYPE } from '../http/negotiation.ts'
import { GRAPHQL_PATH } from '../http/paths.ts'
import { callerSignal } from '../http/request-body.ts'
import { respondEncoded } from '../http/response.ts'
import type { AnswerOperation } from '../http/router.ts'
import { createOperationTrace, type ServerContext, type ServerPlugin } from './operation-context.ts'
import { useAdmission } from './use-admission.ts'
import { type CallerOptions, useAuthentication } from './use-authentication.ts'
import { useDocuments } from './use-documents.ts'
import { useErrorMasking } from './use-error-masking.ts'
import { useExplain } from './use-explain.ts'
import { useOperationLog } from './use-operation-log.ts'
import { type RequestParametersOptions, useRequestParameters } from './use-request-parameters.ts'

export interface PipelineOptions extends CallerOptions, RequestParametersOptions {
  readonly schema: GraphQLSchema
  /** The most upstream calls that one operation may need. */
  readonly maxUpstreamCalls: number
  readonly documentMemory: DocumentMemory
  readonly log: Log
}

/** What an operation passes on its way from a request to its answer, in this order. */
const stepsOf = (options: PipelineOptions): ServerPlugin[] => [
  // Who asks, and what: before anything of it is looked at, the caller is known.
  useAuthentication(options),
  useRequestParameters(options),
  useDocuments(options.documentMemory),
  // Whether it may run, before anything of it does; then it is executed.
  useAdmission(options.schema, options.maxUpstreamCalls),
  // What its answer says, and what the log does.
  useExplain(options.maxUpstreamCalls),
  useErrorMasking(options.log),
  useOperationLog(options.log),
]

/** Answers requests to the graph. */
export function createPipeline(options: PipelineOptions): AnswerOperation {
  const yoga = createYoga<ServerContext>({
    schema: options.schema,
    plugins: stepsOf(options),
    ...OFF,
  })

  return async (requestId, incoming, outgoing, encodings) => {
    const trace = createOperationTrace(requestId)
    // Yoga is given a request of our making, which holds what matters to Yoga and no text of the
    // caller. useRequestParameters reads the operation from `incoming` itself.
    const request = new yoga.fetchAPI.Request(`http://gateway${GRAPHQL_PATH}`, {
      method: incoming.method ?? 'GET',
      headers: { accept: answerTypeOf(incoming) ?? JSON_TYPE },
    })
    const signal = callerSignal(outgoing)
    const response = await yoga.handleRequest(request, { incoming, signal, trace })
    const body = await response.text()
    // No ETag: these answers are `no-store`, so no caller has one that it could ask about.
    const headers = { ...Object.fromEntries(response.headers), Vary: 'Accept, Accept-Encoding' }
    await respondEncoded(outgoing, response.status, headers, body, encodings)
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
