import type { IncomingMessage } from 'node:http'
import {
  type Context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { VERSION } from '../../version.ts'
import { traceparentOf } from '../http/request-identity.ts'
import type { OperationTrace } from './operation-context.ts'

/** An operation in a trace, if somebody listens: then its upstream calls are spans below it. */
export interface OperationSpan {
  /** Names the operation's span to whom it asks. */
  readonly traceparent: string | undefined
  /** Begins the span of a call, which ends with its outcome. */
  beginCall(endpoint: string): (outcome: string) => void
  end(operation: OperationTrace): void
}

const nothing = () => undefined

/**
 * Begins operations' spans, below their callers'. Whoever wants spans registers a tracer provider and a propagator
 * with OpenTelemetry's API before the gateway starts; without them this costs next to nothing.
 */
export function createSpans(): (incoming: IncomingMessage) => OperationSpan {
  const tracer = trace.getTracer('bangwo8-graphql-gateway', VERSION)
  return incoming => beginOperation(tracer, incoming)
}

function beginOperation(tracer: Tracer, incoming: IncomingMessage): OperationSpan {
  const parent = propagation.extract(ROOT_CONTEXT, incoming.headers)
  const span = tracer.startSpan('GraphQL operation', { kind: SpanKind.SERVER }, parent)
  if (!span.isRecording()) return unheard(traceparentOf(incoming))
  const context = trace.setSpan(parent, span)
  return {
    traceparent: injected(context),
    beginCall: endpoint => beginCall(tracer, endpoint, context),
    end: operation => endOperation(span, operation),
  }
}

/** Whom the gateway asks may be traced all the same, below the caller's own span. */
const unheard = (traceparent: string | undefined): OperationSpan => ({
  traceparent,
  beginCall: () => nothing,
  end: nothing,
})

function injected(context: Context): string | undefined {
  const carrier: { traceparent?: string } = {}
  propagation.inject(context, carrier)
  return carrier.traceparent
}

function beginCall(tracer: Tracer, endpoint: string, context: Context): (outcome: string) => void {
  const attributes = { 'bangwo8.endpoint': endpoint }
  const span = tracer.startSpan(`GET ${endpoint}`, { kind: SpanKind.CLIENT, attributes }, context)
  return outcome => {
    if (outcome !== 'ok') fail(span, outcome)
    span.end()
  }
}

function endOperation(span: Span, operation: OperationTrace): void {
  const { operationName, operationType = 'query', outcome, errorCodes, callsMade } = operation
  span.updateName([operationType, operationName].filter(Boolean).join(' '))
  span.setAttribute('graphql.operation.type', operationType)
  if (operationName !== undefined) span.setAttribute('graphql.operation.name', operationName)
  span.setAttribute('bangwo8.upstream_calls', callsMade)
  if (outcome === 'failed' || outcome === 'partial') fail(span, errorCodes.join(' '))
  span.end()
}

function fail(span: Span, code: string): void {
  span.setAttribute('error.type', code)
  span.setStatus({ code: SpanStatusCode.ERROR })
}
