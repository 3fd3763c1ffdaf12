import {
  type DateRange,
  type ServiceFragment,
  type ServiceSummaryState,
  ServicesAgainDocument,
  ServicesOfDaysDocument,
} from '../generated/graphql.ts'
import { type Client, type GatewayError, NoAnswerError } from './client.ts'

/** A service as far as it could be read. */
export interface Service extends ServiceFragment {
  /** What failed of it; paths begin at the service. */
  readonly errors: readonly GatewayError[]
}

/** All services of some days, oldest first, a page at a time. */
export async function* readServices(client: Client, days: DateRange): AsyncGenerator<Service> {
  let after: string | null = null
  do {
    const page: Page = await readPage(client, days, after)
    yield* await complete(client, page.services)
    after = page.nextAfter
  } while (after !== null)
}

interface Page {
  readonly services: readonly Service[]
  /** Null at the end. */
  readonly nextAfter: string | null
}

async function readPage(client: Client, days: DateRange, after: string | null): Promise<Page> {
  const { data, errors } = await client.ask(ServicesOfDaysDocument, { days, after })
  if (!data.remoteRecords) throw new NoAnswerError(errors)
  const { nodes, pageInfo } = data.remoteRecords
  return {
    services: nodes.map((node, at) => toService(node, errors, 'remoteRecords', 'nodes', at)),
    nextAfter: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  }
}

/** Asks once more for what failed, and for nothing else, as long as that may help. */
async function complete(client: Client, services: readonly Service[]): Promise<Service[]> {
  const known = new Map(services.map(service => [service.id, service]))
  for (let attempt = 1; ; attempt++) {
    const failed = [...known.values()].filter(({ errors }) => errors.some(isRetryable))
    const errors = failed.flatMap(service => service.errors)
    if (!(await client.mayAskAgain(errors, attempt))) return [...known.values()]
    for (const service of await readAgain(client, failed)) {
      const before = known.get(service.id)
      if (before && service.errors.length < before.errors.length) known.set(service.id, service)
    }
  }
}

/** So many services with all that is asked of them stay within the calls of one operation. */
const SERVICES_AT_ONCE = 25

async function readAgain(client: Client, services: readonly Service[]): Promise<Service[]> {
  const again: Service[] = []
  for (let from = 0; from < services.length; from += SERVICES_AT_ONCE) {
    const ids = services.slice(from, from + SERVICES_AT_ONCE).map(({ id }) => id)
    const { data, errors } = await client.ask(ServicesAgainDocument, { ids })
    const read = data.nodes.flatMap((node, at) =>
      node?.__typename === 'RemoteRecord' ? [toService(node, errors, 'nodes', at)] : [],
    )
    again.push(...read)
  }
  return again
}

function toService(
  fragment: ServiceFragment,
  errors: readonly GatewayError[],
  ...place: (string | number)[]
): Service {
  const own = errors.filter(({ path = [] }) => place.every((step, at) => path[at] === step))
  const relative = own.map(error => ({ ...error, path: error.path?.slice(place.length) ?? [] }))
  return { ...fragment, errors: relative }
}

/** A null with an error failed: nothing is known. A null without one is a service without a summary. */
export function summaryStateOf(service: Service): ServiceSummaryState | 'NONE' | 'FAILED' {
  const isFailed = service.errors.some(({ path }) => path?.[0] === 'serviceSummary')
  return service.serviceSummary?.state ?? (isFailed ? 'FAILED' : 'NONE')
}

const isRetryable = ({ extensions }: GatewayError) => extensions.retryable === true
