import DataLoader from 'dataloader'
import type { Reads } from '../cache/reads.ts'
import { UpstreamNotFoundError } from '../upstream/errors.ts'
import type { ServiceChannel, ServiceSummaryResource } from '../upstream/service-summary.ts'
import { getServiceSummary } from '../upstream/service-summary.ts'

interface ServiceSummaryKey {
  readonly csId: number
  readonly channel: ServiceChannel
}

/** A summary with its service, which the upstream's answer does not name. */
export interface ServiceSummary extends ServiceSummaryKey {
  readonly resource: ServiceSummaryResource
}

type ServiceSummaryLoader = DataLoader<ServiceSummaryKey, ServiceSummary | null, string>

/** Summaries by csId and channel. Null if the upstream knows no such service. */
export const createServiceSummaryLoader = (reads: Reads): ServiceSummaryLoader =>
  new DataLoader(
    keys =>
      Promise.all(
        keys.map(({ csId, channel }) =>
          getServiceSummary(reads.open(), csId, channel).then(
            resource => ({ csId, channel, resource }),
            (error: Error) => {
              if (!(error instanceof UpstreamNotFoundError)) return error
              reads.noteAbsence()
              return null
            },
          ),
        ),
      ),
    { cacheKeyFn: ({ csId, channel }) => `${csId}/${channel}` },
  )
