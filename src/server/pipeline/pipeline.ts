import type { GraphQLSchema } from 'graphql'
import type { Log } from '../../log.ts'
import type { DocumentLimits } from '../../variables/limits.ts'
import type { DocumentMemory } from '../documents/document-memory.ts'
import type { DocumentRules } from '../documents/document-rules.ts'
import { answerTypeOf, JSON_TYPE } from '../http/negotiation.ts'
import { bytesSent, encodeFor, respondAsEncoded } from '../http/response.ts'
import type { AnswerOperation } from '../http/router.ts'
import { statusFor } from './execution-result.ts'
import { createOperationTrace, ServerContext, type ServerPlugin } from './operation-context.ts'
import { createSpans } from './operation-span.ts'
import { type RepeatedAnswers, Repetition } from './repeated-answers.ts'
import { createRunner } from './run-steps.ts'
import { useAdmission } from './use-admission.ts'
import { type AuditOptions, useAudit } from './use-audit.ts'
import { type CallerOptions, useAuthentication } from './use-authentication.ts'
import { useDocuments } from './use-documents.ts'
import { useErrorMasking } from './use-error-masking.ts'
import { useExplain } from './use-explain.ts'
import { useOperationChoice } from './use-operation-choice.ts'
import { logOperation, useOperationLog } from './use-operation-log.ts'
import { type RequestParametersOptions, useRequestParameters } from './use-request-parameters.ts'

interface PipelineOptions extends CallerOptions, RequestParametersOptions, DocumentRules {
  readonly schema: GraphQLSchema
  /** The most upstream calls that one operation may need. */
  readonly maxUpstreamCalls: number
  readonly documentMemory: DocumentMemory
  /** Whether errors name what is nearly the name in a document. */
  readonly suggestsNames: boolean
  readonly documentLimits: DocumentLimits
  readonly audit: AuditOptions | undefined
  /** Whole answers that may be given again; undefined if none may. */
  readonly repeatedAnswers: RepeatedAnswers | undefined
  readonly log: Log
}

/** What an operation passes on its way from a request to its answer, in this order. */
const stepsOf = (options: PipelineOptions): ServerPlugin[] => [
  // Who asks, and what: before anything of it is looked at, the caller is known.
  useAuthentication(options),
  useRequestParameters(options),
  useDocuments(options.documentMemory, options.documentLimits, options),
  // Whether it may run, before anything of it does; then it is executed.
  useAdmission(options.schema, options.maxUpstreamCalls, options.documentLimits),
  ...(options.audit ? [useAudit(options.audit)] : []),
  // What its answer says, and what the log does.
  useExplain(options.maxUpstreamCalls),
  useErrorMasking(options.log, options.suggestsNames),
  useOperationLog(),
  // After the log, which so has the name that the caller gave.
  useOperationChoice(),
]

/** Answers requests to the graph. */
export function createPipeline(options: PipelineOptions): AnswerOperation {
  const beginSpan = createSpans()
  const runSteps = createRunner(options.schema, stepsOf(options))

  return async (identity, incoming, outgoing, encodings) => {
    const trace = createOperationTrace(identity, beginSpan(incoming))
    const context = new ServerContext(incoming, outgoing, trace)
    const mediaType = answerTypeOf(incoming) ?? JSON_TYPE
    const repetition = new Repetition(options, context, `${mediaType} ${encodings}`)
    const result = await runSteps(context, asked => repetition.resultFor(asked))
    const status = statusFor(result, mediaType)
    const headers = {
      'Content-Type': `${mediaType}; charset=utf-8`,
      // No ETag: these answers are `no-store`, so no caller has one that it could ask about.
      Vary: 'Accept, Accept-Encoding',
      ...trace.headers,
    }
    const body = repetition.bodyOf(result) ?? (await encodeFor(encodings, JSON.stringify(result)))
    respondAsEncoded(outgoing, status, headers, body)
    repetition.keep(result, body)
    context.callerIfKnown?.shareLearnt()
    const durationMs = performance.now() - trace.startedAtMs
    logOperation(options.log, trace, durationMs, bytesSent(outgoing))
    options.metrics.onOperation({ ...trace, durationMs })
    trace.span.end(trace)
  }
}
