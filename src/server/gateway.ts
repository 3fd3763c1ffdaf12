import type { DocumentNode, GraphQLSchema } from 'graphql'
import { identityKeyOf } from '../cache/sealing.ts'
import type { Account } from '../config.ts'
import type { Log } from '../log.ts'
import { guardFields } from '../schema/access/guarded-fields.ts'
import { EVERYTHING } from '../schema/access/scopes.ts'
import { noteSensitiveReads } from '../schema/access/sensitive-reads.ts'
import { createSchema } from '../schema/schema.ts'
import { Secret } from '../secret.ts'
import type { Proxies } from '../upstream/calls/connections.ts'
import type { UpstreamLimits } from '../upstream/calls/limits.ts'
import { basicAuthorization, UpstreamClient } from '../upstream/client.ts'
import { ENDPOINT_NAMES } from '../upstream/endpoint.ts'
import type { DocumentLimits, InputLimits } from '../variables/limits.ts'
import { type CacheOptions, openCache } from './answer-holding.ts'
import { type Callers, openCallers } from './callers/callers.ts'
import { createIdentities } from './callers/identities.ts'
import type { JwtOptions } from './callers/jwt-callers.ts'
import { type PassthroughOptions, passthroughCallers } from './callers/passthrough-callers.ts'
import { DocumentMemory } from './documents/document-memory.ts'
import type { DocumentRules } from './documents/document-rules.ts'
import { operationNamesIn, parseTrustedDocuments } from './documents/manifest.ts'
import { createDocuments, type DocumentsOptions } from './documents/trusted-documents.ts'
import { closedPage } from './graphiql/closed-page.ts'
import { createGraphiql } from './graphiql/graphiql.ts'
import { createCrossOrigin, isOfThisMachine } from './http/cross-origin.ts'
import { GRAPHQL_PATH } from './http/paths.ts'
import { createRouter } from './http/router.ts'
import { type HttpServerOptions, startHttpServer } from './http/server.ts'
import { Turns } from './http/turns.ts'
import { createMetrics, NO_METRICS, type ScrapedMetrics } from './metrics/metrics.ts'
import { startMetricsServer } from './metrics/metrics-server.ts'
import { createOddityLog } from './pipeline/oddity-log.ts'
import { createPipeline } from './pipeline/pipeline.ts'
import type { AuditOptions } from './pipeline/use-audit.ts'
import { createReadiness } from './readiness.ts'

export interface GatewayOptions {
  readonly http: HttpServerOptions & {
    readonly maxBodyBytes: number
    /** Origins whose pages may ask, such as `https://app.example`. Default: none. */
    readonly corsOrigins?: readonly string[]
    /** A request that waits longer for its turn is turned away. Default: 1 s. */
    readonly maxTurnWaitMs?: number
    /** The port of the metrics. Undefined if there are none. */
    readonly metricsPort?: number | undefined
  }
  readonly upstream: {
    readonly url: string
    readonly limits: UpstreamLimits
    readonly proxies?: Proxies
    /** The most calls that one operation may need. */
    readonly maxCalls: number
    /** Whether a call names the trace that it belongs to. Default: no. */
    readonly propagatesTrace?: boolean
    /** The most records that one call asks for. Default: 100. */
    readonly pageRows?: number
    /** Whether the upstream is the emulator, so that no data is real. */
    readonly isMadeUp: boolean
  }
  /** Undefined if no answer of the upstream is held. */
  readonly cache?: CacheOptions | undefined
  readonly callers: CallersOptions
  readonly documents: DocumentsOptions & DocumentRules & { readonly limits: DocumentLimits }
  readonly inputLimits: InputLimits
  readonly hasGraphiql: boolean
  /** Whether errors name what is nearly the name in a document. */
  readonly suggestsNames: boolean
  /** Undefined if no audit log is kept. */
  readonly audit?: AuditOptions | undefined
  readonly log: Log
  /** Default: the whole graph, whose fields look for scopes if callers bring tokens. */
  readonly schema?: GraphQLSchema
}

/** Either callers share an account of the upstream, or each caller brings one. */
type CallersOptions =
  | { readonly mode: 'open'; readonly account: Account }
  | ({ readonly mode: 'passthrough' } & PassthroughOptions)
  | ({ readonly mode: 'jwt'; readonly account: Account } & JwtOptions)

export interface Gateway {
  /** Where GraphQL and GraphiQL are. */
  readonly url: string
  /** The URL of the metrics, if they are served. */
  readonly metricsUrl: string | undefined
  /** Makes GraphiQL ready, if there is one, so that who opens it first does not wait for that. */
  prepareGraphiql(): Promise<void>
  /** Lets the answers under way finish. Resolves with false if the time was too short for that. */
  stop(drainTimeoutMs: number): Promise<boolean>
}

/**
 * Resolves once it listens; rejects if it cannot, and with a DocumentManifestError if the
 * manifest has documents that do not fit this graph.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { http, upstream, callers, documents, inputLimits, hasGraphiql, log } = options
  const { schema = schemaFor(options) } = options
  const trusted = parseTrustedDocuments(schema, documents.manifest)
  const documentMemory = new DocumentMemory(trusted)
  const client = new UpstreamClient({ ...upstream, origin: upstream.url })
  const scraped = await openMetrics(options, client, trusted)
  const metrics = scraped ?? NO_METRICS
  const holding = await openCache(options)
  const turns = new Turns({ maxWaitMs: http.maxTurnWaitMs ?? 1000 })
  const answerOperation = createPipeline({
    schema,
    client,
    callers: await createCallers(options),
    onOddity: createOddityLog(log, metrics),
    metrics,
    ...holding,
    operationDeadlineMs: upstream.limits.operationDeadlineMs,
    propagatesTrace: upstream.propagatesTrace ?? false,
    maxBodyBytes: http.maxBodyBytes,
    turns,
    textOf: createDocuments(documents, documentMemory),
    documentMemory,
    documentLimits: documents.limits,
    isIntrospectable: documents.isIntrospectable,
    inputLimits,
    suggestsNames: options.suggestsNames,
    maxUpstreamCalls: upstream.maxCalls,
    audit: options.audit,
    log,
  })
  // If only trusted documents run, GraphiQL's would be refused, its introspection too.
  const graphiql =
    hasGraphiql && !documents.onlyTrusted
      ? createGraphiql({ isMadeUp: upstream.isMadeUp, callers: callers.mode })
      : undefined
  const page = graphiql ?? closedPage(documents.onlyTrusted)
  const readiness = createReadiness({
    client,
    authorization: serviceAuthorization(callers)?.reveal(),
  })
  const crossOrigin = createCrossOrigin({
    origins: http.corsOrigins ?? [],
    isOnlyLocal: callers.mode === 'open' && isOfThisMachine(http.host),
  })
  const server = await startHttpServer(
    isDraining => createRouter({ answerOperation, page, crossOrigin, isDraining, readiness, log }),
    { ...http, onConnection: () => turns.noteConnection() },
    log,
  )
  const metricsServer = scraped && (await startMetricsServer(scraped, metricsAddress(http)))
  return {
    url: server.origin + GRAPHQL_PATH,
    metricsUrl: metricsServer?.url,
    prepareGraphiql: async () => graphiql?.prepare(),
    async stop(drainTimeoutMs) {
      const areAllAnswered = await server.drain(drainTimeoutMs)
      // If answers were cut, their upstream calls are aborted, so that closing does not wait for
      // them.
      await client.close()
      await options.audit?.log.close()
      metricsServer?.close()
      holding.cache?.close()
      return areAllAnswered
    },
  }
}

/** Undefined if nobody wants them. */
async function openMetrics(
  { http }: GatewayOptions,
  client: UpstreamClient,
  trusted: ReadonlyMap<string, DocumentNode>,
): Promise<ScrapedMetrics | undefined> {
  if (http.metricsPort === undefined) return undefined
  return createMetrics(watched(client), operationNamesIn(trusted.values()))
}

/** Without tokens, no field spends time on scopes; without an audit, none on notes. */
function schemaFor({ callers, audit }: GatewayOptions): GraphQLSchema {
  const schema = audit ? noteSensitiveReads(createSchema()) : createSchema()
  return callers.mode === 'jwt' ? guardFields(schema) : schema
}

/** With a secret, what stands for a credential is the same in each process that has it. */
async function createCallers(gateway: GatewayOptions): Promise<Callers> {
  const { callers: options, cache, upstream } = gateway
  const key = cache?.redis && identityKeyOf(cache.redis.secret.reveal())
  const { pageRows } = upstream
  const identities = createIdentities({ key, pageRows, nowMs: cache?.nowMs })
  if (options.mode === 'passthrough') return passthroughCallers(identities.identityOf, options)
  const authorization = authorizationOf(options.account)
  const identity = identities.shared(authorization.reveal())
  const shared = () => ({
    authorization,
    identity: identity(),
    permissions: EVERYTHING,
    subject: '',
  })
  if (options.mode === 'open') return openCallers(shared)
  // Loaded only where it is used, since it takes a while.
  const { jwtCallers } = await import('./callers/jwt-callers.ts')
  return jwtCallers(shared, options)
}

const serviceAuthorization = (callers: CallersOptions): Secret | undefined =>
  callers.mode === 'passthrough' ? undefined : authorizationOf(callers.account)

const authorizationOf = ({ account, password }: Account) =>
  new Secret(basicAuthorization(account, password.reveal()))

const metricsAddress = ({ host, metricsPort = 0 }: GatewayOptions['http']) => ({
  host,
  port: metricsPort,
})

const watched = (client: UpstreamClient) => ({
  endpoints: ENDPOINT_NAMES,
  state: () => client.state,
})
