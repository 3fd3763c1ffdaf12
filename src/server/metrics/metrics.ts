import type { Registry } from '@prometheus-io/client'
import { OperationNames } from './operation-names.ts'

interface OperationMeasure {
  readonly operationName: string | undefined
  /** ok, partial, refused or failed. */
  readonly outcome: string
  readonly durationMs: number
}

interface CallMeasure {
  readonly endpoint: string
  /** ok, the code of an error, or ABORTED. */
  readonly outcome: string
  readonly durationMs: number
  /** How many times it was sent; 0 if it was refused before it was sent. */
  readonly attempts: number
}

interface CacheReadMeasure {
  /** The kind of the answer, and where it came from. */
  readonly kind: string
  readonly outcome: string
  readonly ageMs: number
  /** Why the answer is stale. Undefined if it is not. */
  readonly staleReason: string | undefined
}

/** What is measured, for whoever watches the gateway. */
export interface Metrics {
  onOperation(operation: OperationMeasure): void
  onUpstreamCall(call: CallMeasure): void
  onCacheRead(read: CacheReadMeasure): void
  /** Counts a thing in an answer that the description of the API does not allow. */
  onDeviation(endpoint: string, kind: string, times: number): void
}

export interface ScrapedMetrics extends Metrics {
  /** The metrics in the form that Prometheus reads, with its media type. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>
}

const nothing = () => undefined

/** Measures nothing. */
export const NO_METRICS: Metrics = {
  onOperation: nothing,
  onUpstreamCall: nothing,
  onCacheRead: nothing,
  onDeviation: nothing,
}

/** Buckets in seconds, from an answer out of memory to one at a deadline. */
const DURATIONS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * Buckets in seconds, from the age of a refresh to the age of an answer that replaces a failure.
 */
const AGES_SECONDS = [1, 3, 10, 30, 60, 300, 900, 3600, 86_400]

/** The values that are read when metrics are read. */
interface Watched {
  readonly endpoints: readonly string[]
  state(): {
    readonly underWay: number
    readonly waiting: number
    readonly endpointsNotAsked: ReadonlySet<string>
  }
}

/** Loads the library only here, because most gateways start without it. */
export async function createMetrics(
  watched: Watched,
  trustedNames: Iterable<string> = [],
): Promise<ScrapedMetrics> {
  const client = await import('@prometheus-io/client')
  const registry = new client.Registry()
  client.collectDefaultMetrics({ register: registry })
  const names = new OperationNames(trustedNames)
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labels: readonly Label[],
    buckets = DURATIONS_SECONDS,
  ) =>
    new client.Histogram({
      name,
      help,
      labelNames: [...labels],
      buckets,
      registers: [registry],
    })
  const operations = histogram(
    'graphql_operation_duration_seconds',
    'From the request to its answer.',
    ['operation', 'outcome'],
  )
  const calls = histogram(
    'http_client_request_duration_seconds',
    'Of a call of the upstream, with all that it waited for.',
    ['endpoint', 'outcome'],
  )
  const attemptsMade = new client.Counter({
    name: 'upstream_attempts_total',
    help: 'How often calls of the upstream were sent, further attempts included.',
    labelNames: ['endpoint'],
    registers: [registry],
  })
  const cacheReads = new client.Counter({
    name: 'cache_reads_total',
    help: 'How often an answer of the upstream was needed, and how it was come by.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  })
  const staleAges = histogram(
    'upstream_stale_age_seconds',
    'How old stale answers of the upstream were when they were given.',
    ['kind'],
    AGES_SECONDS,
  )
  const deviations = new client.Counter({
    name: 'contract_deviations_total',
    help: 'How often the upstream did what its API does not say.',
    labelNames: ['endpoint', 'kind'],
    registers: [registry],
  })
  registerUpstreamState(client, registry, watched)
  return {
    onOperation: ({ operationName, outcome, durationMs }) => {
      const operation = names.labelOf(operationName, outcome !== 'refused')
      operations.observe({ operation, outcome }, durationMs / 1000)
    },
    onUpstreamCall: ({ endpoint, outcome, durationMs, attempts }) => {
      calls.observe({ endpoint, outcome }, durationMs / 1000)
      attemptsMade.inc({ endpoint }, attempts)
    },
    onCacheRead: ({ kind, outcome, ageMs, staleReason }) => {
      cacheReads.inc({ kind, outcome })
      if (staleReason !== undefined) staleAges.observe({ kind }, ageMs / 1000)
    },
    onDeviation: (endpoint, kind, times) => deviations.inc({ endpoint, kind }, times),
    read: () => readAll(registry),
  }
}

type Client = typeof import('@prometheus-io/client')

/** A gauge of what is the case now, instead of a counter. */
function registerUpstreamState(client: Client, registry: Registry, watched: Watched): void {
  const { endpoints, state } = watched
  const registers = [registry]
  new client.Gauge({
    name: 'breaker_state',
    help: 'Whether an endpoint is not asked, as it failed again and again: 1 if so, else 0.',
    labelNames: ['endpoint'],
    registers,
    collect() {
      const { endpointsNotAsked } = state()
      for (const endpoint of endpoints)
        this.set({ endpoint }, endpointsNotAsked.has(endpoint) ? 1 : 0)
    },
  })
  new client.Gauge({
    name: 'upstream_calls_under_way',
    help: 'Calls of the upstream that have a place now.',
    registers,
    collect() {
      this.set(state().underWay)
    },
  })
  new client.Gauge({
    name: 'upstream_calls_waiting',
    help: 'Calls of the upstream that wait for a place now.',
    registers,
    collect() {
      this.set(state().waiting)
    },
  })
}

const readAll = async (registry: Registry) => ({
  contentType: registry.contentType,
  text: await registry.metrics(),
})
