import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Attributes,
  type Context,
  propagation,
  type Span,
  type SpanContext,
  SpanStatusCode,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api'
import { afterEach, describe, expect, it } from 'vitest'
import { startTestedGateway, UNLIKELY_ID } from './gateway.ts'

const CALLERS_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const TRACEPARENT = `00-${CALLERS_TRACE}-00f067aa0ba902b7-01`

interface Ended {
  readonly name: string
  readonly attributes: Attributes
  readonly failed: boolean
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string | undefined
}

/** What an SDK registers, as small as can be: it keeps the spans that ended. */
function listen(): Ended[] {
  const ended: Ended[] = []
  const startSpan = (
    name: string,
    options: { attributes?: Attributes } = {},
    context?: Context,
  ) => {
    const parent = context && trace.getSpanContext(context)
    const own: SpanContext = {
      traceId: parent?.traceId ?? 'f'.repeat(32),
      spanId: String(ended.length + Math.random())
        .replace('.', '')
        .padEnd(16, '0')
        .slice(0, 16),
      traceFlags: 1,
    }
    const attributes: Attributes = { ...options.attributes }
    let [lastName, failed] = [name, false]
    const span = {
      isRecording: () => true,
      spanContext: () => own,
      updateName: (next: string) => {
        lastName = next
      },
      setAttribute: (key: string, value: string) => Object.assign(attributes, { [key]: value }),
      setStatus: ({ code }: { code: SpanStatusCode }) => {
        failed = code === SpanStatusCode.ERROR
      },
      end: () => {
        const { traceId, spanId } = own
        ended.push({
          name: lastName,
          attributes,
          failed,
          traceId,
          spanId,
          parentId: parent?.spanId,
        })
      },
    }
    return span as unknown as Span
  }
  const tracer = { startSpan, startActiveSpan: () => expect.fail('not in use') }
  trace.setGlobalTracerProvider({ getTracer: () => tracer })
  propagation.setGlobalPropagator(W3C)
  return ended
}

const W3C: TextMapPropagator = {
  fields: () => ['traceparent'],
  extract: (context, carrier) => {
    const [, traceId, spanId] = String(carrier.traceparent ?? '').split('-')
    if (!traceId || !spanId) return context
    return trace.setSpanContext(context, { traceId, spanId, traceFlags: 1, isRemote: true })
  },
  inject: (context, carrier) => {
    const { traceId = '', spanId = '' } = trace.getSpanContext(context) ?? {}
    Object.assign(carrier, { traceparent: `00-${traceId}-${spanId}-01` })
  },
}

afterEach(() => {
  trace.disable()
  propagation.disable()
})

describe('where somebody listens', () => {
  it('an operation is a span below the caller’s, and each call a span below that', async () => {
    const spans = listen()
    await using gateway = await startTestedGateway()
    gateway.emulator.beforeAnswer = ({ endpoint }) => {
      if (endpoint === 'servicesummary') throw new Error('13800138000')
    }
    const query = `query Two { remoteRecords(first: 1) { totalCount } serviceSummary(csId: "${UNLIKELY_ID}") { state } }`
    await gateway.ask(query, { headers: { traceparent: TRACEPARENT } })
    await expect.poll(() => spans).toHaveLength(3)
    const operation = spans.find(({ name }) => name === 'query Two')
    expect(operation).toMatchObject({
      traceId: CALLERS_TRACE,
      parentId: '00f067aa0ba902b7',
      failed: true,
      attributes: { 'graphql.operation.name': 'Two', 'error.type': 'UPSTREAM_UNAVAILABLE' },
    })
    const calls = spans.filter(span => span !== operation)
    expect(calls.map(({ name, failed }) => `${name} ${failed}`).toSorted()).toEqual([
      'GET histories false',
      'GET servicesummary true',
    ])
    expect(calls.map(({ parentId }) => parentId)).toEqual([operation?.spanId, operation?.spanId])
    expect(JSON.stringify(spans)).not.toMatch(new RegExp(`${UNLIKELY_ID}|13800138000|Basic`))
  })
})

describe('the upstream', () => {
  /** Resolves with the traceparent that an upstream gets. */
  async function traceparentUpstream(propagatesTrace: boolean): Promise<string | undefined> {
    const got = Promise.withResolvers<string | undefined>()
    const server = createServer(({ headers }, outgoing) => {
      got.resolve(headers.traceparent === undefined ? undefined : String(headers.traceparent))
      outgoing.end('{"remoterecords":[],"count":0}')
    }).listen(0, '127.0.0.1')
    await expect.poll(() => server.listening).toBe(true)
    const { port } = server.address() as AddressInfo
    const upstreamUrl = `http://127.0.0.1:${port}`
    await using gateway = await startTestedGateway({ upstreamUrl, propagatesTrace })
    const headers = { traceparent: TRACEPARENT }
    await gateway.ask('{ remoteRecords(first: 1) { totalCount } }', { headers })
    server.close()
    return got.promise
  }

  it('learns of no trace', async () => {
    listen()
    expect(await traceparentUpstream(false)).toBeUndefined()
  })

  it('learns of the operation’s span, if that is wanted', async () => {
    listen()
    const traceparent = await traceparentUpstream(true)
    expect(traceparent).toMatch(new RegExp(`^00-${CALLERS_TRACE}-\\w{16}-01$`))
    expect(traceparent).not.toBe(TRACEPARENT)
  })

  it('learns of the caller’s span, if that is wanted and nobody listens', async () => {
    expect(await traceparentUpstream(true)).toBe(TRACEPARENT)
  })
})
