import type { GraphQLSchema } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Log } from '../../log.ts'
import type { DocumentMemory } from '../documents/document-memory.ts'
import type { ServerContext } from './operation-context.ts'
import { type CallerOptions, useAuthentication } from './use-authentication.ts'
import { useDocuments } from './use-documents.ts'
import { useErrorMasking } from './use-error-masking.ts'
import { useExecution } from './use-execution.ts'
import { useExplain } from './use-explain.ts'
import { useInputCheck } from './use-input-check.ts'
import { useOperationLog } from './use-operation-log.ts'
import { usePlan } from './use-plan.ts'
import { type OperationRequestOptions, useRequestParameters } from './use-request-parameters.ts'

export interface PipelineOptions extends CallerOptions, OperationRequestOptions {
  readonly schema: GraphQLSchema
  /** The most upstream calls that one operation may need. */
  readonly maxUpstreamCalls: number
  readonly documentMemory: DocumentMemory
  readonly log: Log
}

/** From a request to its answer. The plugins are the way it takes, in order. */
export const createPipeline = (options: PipelineOptions) =>
  createYoga<ServerContext>({
    schema: options.schema,
    plugins: [
      useAuthentication(options),
      useRequestParameters(options),
      useDocuments(options.documentMemory),
      useInputCheck(options.schema),
      usePlan(options.schema, options.maxUpstreamCalls),
      useExecution(),
      useExplain(),
      useErrorMasking(options.log),
      useOperationLog(options.log),
    ],
    // Errors are masked by useErrorMasking, bodies limited by useRequestParameters, documents kept by
    // useDocuments, and routes, pages and health are not GraphQL's.
    parserAndValidationCache: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
  })

export type Pipeline = ReturnType<typeof createPipeline>
