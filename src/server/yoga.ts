import type { GraphQLSchema } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Log } from '../log.ts'
import type { ServerContext } from './server-context.ts'
import { type CallerOptions, useCaller } from './use-caller.ts'
import { useCallerErrors } from './use-caller-errors.ts'
import { useExecution } from './use-execution.ts'
import { useExplain } from './use-explain.ts'
import { useInputCheck } from './use-input-check.ts'
import { useOperationLog } from './use-operation-log.ts'
import { type OperationRequestOptions, useOperationRequest } from './use-operation-request.ts'
import { usePlan } from './use-plan.ts'

export interface GraphqlOptions extends CallerOptions, OperationRequestOptions {
  readonly schema: GraphQLSchema
  /** The most upstream calls that one operation may need. */
  readonly maxUpstreamCalls: number
  readonly log: Log
}

/** From a request to its answer. The plugins are the way it takes, in order. */
export const createGraphql = (options: GraphqlOptions) =>
  createYoga<ServerContext>({
    schema: options.schema,
    plugins: [
      useCaller(options),
      useOperationRequest(options),
      useInputCheck(options.schema),
      usePlan(options.schema, options.maxUpstreamCalls),
      useExecution(),
      useExplain(),
      useCallerErrors(options.log),
      useOperationLog(options.log),
    ],
    // Errors are masked by useCallerErrors, bodies limited by useOperationRequest, and routes,
    // pages and health are not GraphQL's.
    maskedErrors: false,
    maxRequestBodySize: false,
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
  })

export type Graphql = ReturnType<typeof createGraphql>
