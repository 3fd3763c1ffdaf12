import { createHmac } from 'node:crypto'
import {
  type ExecutionResult,
  type GraphQLResolveInfo,
  locatedError,
  responsePathAsArray,
} from 'graphql'
import type { Scope } from '../../schema/access/scopes.ts'
import type { SensitiveReads } from '../../schema/access/sensitive-reads.ts'
import type { Secret } from '../../secret.ts'
import { VERSION } from '../../version.ts'
import { type AuditLog, AuditUnavailableError } from '../callers/audit-log.ts'
import { clientAddressOf } from '../callers/client-address.ts'
import type { ServerContext, ServerPlugin } from './operation-context.ts'

export interface AuditOptions {
  readonly log: AuditLog
  /** By which callers are written as something that nobody can read, yet always as the same. */
  readonly key: Secret
  /** How many proxies of ours stand before the gateway. Default: 0. */
  readonly trustedProxies?: number
}

/** More ids are only counted. */
const MAX_IDS = 100

/**
 * Writes one event for each operation that reads contacts or chats, before it is answered: who, when,
 * which operation and which records, but no value. What cannot be written is not read either.
 */
export function useAudit({ log, key, trustedProxies = 0 }: AuditOptions): ServerPlugin {
  const masked = (text: string) =>
    createHmac('sha256', key.reveal()).update(text).digest('hex').slice(0, 32)

  return {
    onRequestParse({ serverContext }) {
      serverContext.reads = new Reads(log)
    },
    async onResultProcess({ result, setResult, serverContext }) {
      const { reads } = serverContext
      if (!(reads instanceof Reads) || reads.scopes.size === 0) return
      const caller = masked(`caller ${serverContext.callerIfKnown?.subject ?? ''}`)
      const address = masked(`address ${clientAddressOf(serverContext.incoming, trustedProxies)}`)
      const event = eventOf(serverContext, reads, result, { caller, address })
      await log.append(event).catch((error: unknown) => {
        setResult(withoutReads(result, reads, error))
      })
    },
  }
}

class Reads implements SensitiveReads {
  readonly csIds = new Set<number>()
  readonly scopes = new Set<Scope>()
  readonly paths: GraphQLResolveInfo['path'][] = []
  readonly #log: AuditLog

  constructor(log: AuditLog) {
    this.#log = log
  }

  note(csId: number | undefined, scopes: readonly Scope[], { path }: GraphQLResolveInfo): void {
    if (csId !== undefined) this.csIds.add(csId)
    for (const scope of scopes) this.scopes.add(scope)
    // The event of this operation, which is written all the same, shows whether the next one may read.
    if (!this.#log.isAvailable) throw new AuditUnavailableError()
    this.paths.push(path)
  }
}

/** The same with null in place of each field that was read, and an error beside it. */
function withoutReads(result: ExecutionResult, { paths }: Reads, error: unknown) {
  const removed = paths.map(path => responsePathAsArray(path))
  for (const path of removed) removeAt(result.data, path)
  const errors = removed.map(path => locatedError(error, undefined, path))
  return { ...result, errors: [...errors, ...(result.errors ?? [])] }
}

function removeAt(data: unknown, path: readonly (string | number)[]): void {
  const parent = path.slice(0, -1).reduce<unknown>(memberOf, data)
  const name = path.at(-1)
  if (isObject(parent) && name !== undefined) parent[name] = null
}

const memberOf = (value: unknown, key: string | number) =>
  isObject(value) ? value[key] : undefined

const isObject = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null

interface Masked {
  readonly caller: string
  readonly address: string
}

/** API Activity (https://schema.ocsf.io/1.6.0/classes/api_activity), of which 2 is to read. */
function eventOf(
  { trace }: ServerContext,
  { csIds, scopes }: Reads,
  { data, errors }: ExecutionResult,
  { caller, address }: Masked,
) {
  const isSuccess = data != null && !errors
  const ids = [...csIds].slice(0, MAX_IDS)
  return {
    class_uid: 6003,
    category_uid: 6,
    activity_id: 2,
    type_uid: 600302,
    severity_id: 1,
    time: Date.now(),
    metadata: {
      version: '1.6.0',
      product: { name: 'bangwo8-graphql-gateway', version: VERSION },
      uid: trace.identity.requestId,
    },
    actor: { user: { uid: caller } },
    src_endpoint: { uid: address },
    api: {
      operation: trace.operationName ?? 'unnamed',
      request: { uid: trace.identity.requestId },
      group: { name: [...scopes].toSorted().join(' ') },
    },
    resources: ids.map(csId => ({ type: 'RemoteRecord', uid: String(csId) })),
    count: csIds.size,
    status_id: isSuccess ? 1 : data == null ? 2 : 99,
    status: isSuccess ? 'Success' : data == null ? 'Failure' : 'Partial',
  }
}
