import type { IncomingMessage } from 'node:http'
import type { Plugin } from 'graphql-yoga'
import type { OperationTrace } from './operation-trace.ts'

/** What is known of a request before its operation is. */
export interface ServerContext {
  readonly incoming: IncomingMessage
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal
  readonly trace: OperationTrace
}

/** A step of the pipeline. */
export type ServerPlugin = Plugin<ServerContext, ServerContext>
