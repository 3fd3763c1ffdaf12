import type { GraphQLSchema } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Log } from '../../log.ts'
import type { ServerContext } from './operation-context.ts'
import { type CallerOptions, useAuthentication } from './use-authentication.ts'
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
  readonly log: Log
}

/** From a request to its answer. The plugins are the way it takes, in order. */
export const createPipeline = (options: PipelineOptions) =>
  createYoga<ServerContext>({
    schema: options.schema,
    plugins: [
      useAuthentication(options),
      useRequestParameters(options),
      useInputCheck(options.schema),
      usePlan(options.schema, options.maxUpstreamCalls),
      useExecution(),
      useExplain(),
      useErrorMasking(options.log),
      useOperationLog(options.log),
    ],
    // Errors are masked by useErrorMasking, bodies limited by useRequestParameters, and routes,
    // pages and health are not GraphQL's.
    maskedErrors: false,
    maxRequestBodySize: false,
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
  })

export type Pipeline = ReturnType<typeof createPipeline>
