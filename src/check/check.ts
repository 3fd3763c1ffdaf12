import { listChatMessages } from '../upstream/chat-message.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import type { UpstreamError } from '../upstream/errors.ts'
import type { UpstreamPage } from '../upstream/page.ts'
import {
  listLabelledRemoteRecords,
  listRemoteRecords,
  type RemoteRecordResource,
} from '../upstream/remote-record.ts'
import { getServiceSummary } from '../upstream/service-summary.ts'
import { counted, type Finding, finding } from './finding.ts'
import {
  aboutCount,
  aboutFields,
  aboutOrder,
  aboutPageCap,
  aboutTwoLists,
} from './list-findings.ts'
import { Probe } from './probe.ts'
import { aboutAgent, aboutDays, aboutFirstPage } from './wish-findings.ts'

interface CheckOptions {
  readonly client: UpstreamClient
  readonly url: string
  readonly authorization: string
}

type Page = UpstreamPage<RemoteRecordResource>

const ROWS = 100

/** Looks at an upstream call after call, and gives what it found as it finds it. */
export async function* check(options: CheckOptions): AsyncGenerator<Finding> {
  const probe = new Probe(options.client, options.authorization)
  const first = await probe.ask(session => listRemoteRecords(session, { page: 1, perPage: ROWS }))
  yield* aboutConnection(options.url, first.error)
  if (!isAway(first.error) && first.error?.code !== 'UNAUTHENTICATED') {
    yield mayRead('may read lists', first.error)
    if (first.value) yield* aboutLists(probe, first.value)
    yield* aboutBranches(probe, first.value?.rows ?? [])
  }
  if (first.value) yield* aboutFields(probe, first.value)
  if (!isAway(first.error)) yield aboutLatency(probe.durationsMs)
}

function* aboutConnection(url: string, error: UpstreamError | undefined): Generator<Finding> {
  const isTls = url.startsWith('https:')
  if (isAway(error)) {
    yield finding('reachable', 'fail', `${error?.message}${whyOf(error)}`)
    return
  }
  yield finding('reachable', 'ok', 'the upstream answers')
  yield isTls
    ? finding('TLS', 'ok', 'its certificate is valid')
    : finding('TLS', 'note', 'none: passwords can be read on their way')
  yield error?.code === 'UNAUTHENTICATED'
    ? finding('accepted', 'fail', 'the upstream does not accept the account or its password')
    : finding('accepted', 'ok', 'the upstream accepts the account')
}

const isAway = (error: UpstreamError | undefined) =>
  error !== undefined && error.code !== 'UNAUTHENTICATED' && error.code !== 'FORBIDDEN'

/** What the system or the answer calls it, such as ENOTFOUND or `status-502`. */
function whyOf(error: UpstreamError | undefined): string {
  const cause = error?.cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  const why = error?.reason ?? code
  return why === undefined ? '' : ` (${why})`
}

function mayRead(name: string, error: UpstreamError | undefined): Finding {
  if (!error) return finding(name, 'ok', 'yes')
  return finding(name, 'fail', error.message)
}

async function* aboutLists(probe: Probe, first: Page): AsyncGenerator<Finding> {
  const labelled = await probe.ask(session =>
    listLabelledRemoteRecords(session, { page: 1, perPage: ROWS }),
  )
  const large = await probe.ask(session => listRemoteRecords(session, { page: 1, perPage: 500 }))
  // A page may be shorter than asked for: the last one is by its length.
  const lastPage = first.size === 0 ? 0 : Math.ceil((first.count ?? 0) / first.size)
  const last =
    lastPage > 1
      ? await probe.ask(session =>
          listRemoteRecords(session, { page: lastPage, perPage: first.size }),
        )
      : undefined
  yield aboutOrder(first, last?.value)
  yield aboutPageCap(first, large.value)
  yield aboutCount(first, last?.value)
  yield aboutTwoLists(first, labelled)
  yield await aboutFirstPage(probe, first)
  yield await aboutDays(probe, first)
  yield await aboutAgent(probe, first)
}

/** What the gateway asks for record by record. An account that may read no list knows none. */
async function* aboutBranches(
  probe: Probe,
  records: readonly RemoteRecordResource[],
): AsyncGenerator<Finding> {
  const csId = (records.find(({ hasChat }) => hasChat) ?? records[0])?.csId ?? 1
  const chat = await probe.ask(session => listChatMessages(session, csId, { page: 1, perPage: 1 }))
  yield mayRead('may read chats', chat.error)
  const summary = await probe.ask(session => getServiceSummary(session, csId, 'REMOTE_ASSISTANCE'))
  const isUnknownRecord = records.length === 0 && summary.error?.code === 'UPSTREAM_BAD_RESPONSE'
  yield mayRead('may read summaries', isUnknownRecord ? undefined : summary.error)
}

function aboutLatency(durationsMs: readonly number[]): Finding {
  const sorted = durationsMs.toSorted((a, b) => a - b)
  const median = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)
  return finding('latency', 'ok', `${median} ms, the median of ${counted(sorted.length, 'call')}`)
}
