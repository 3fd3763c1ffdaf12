import { z } from 'zod'
import type { UpstreamSession } from './client.ts'
import { type CustomFieldResource, toCustomFields } from './custom-field.ts'
import type { OnOddity } from './oddity.ts'
import { toPathId } from './wire/raw-page.ts'
import { createShape, parseShape, wrongShape } from './wire/shape.ts'
import { WireRow } from './wire/wire-row.ts'

/** By `servicesummary_type`, from 1. */
export const SERVICE_CHANNELS = ['IM', 'CALL_CENTER', 'REMOTE_ASSISTANCE'] as const

export type ServiceChannel = (typeof SERVICE_CHANNELS)[number]

/** The summary of one service: filled in, not filled in, or with no template to fill in. */
export type ServiceSummaryResource =
  | FilledSummary
  | { readonly state: 'NOT_FILLED' }
  | { readonly state: 'NO_TEMPLATE' }

const ANSWER = createShape(z.object({ status: z.union([z.string(), z.number()]) }))

const FILLED_ANSWER = createShape(
  z.object({ data: z.object({ serviceSummary: z.record(z.string(), z.unknown()) }) }),
)

/** Rejects as `UpstreamSession.get` does. */
export async function getServiceSummary(
  session: UpstreamSession,
  csId: number,
  channel: ServiceChannel,
): Promise<ServiceSummaryResource> {
  const path = `/api/v1/servicesummary/${toPathId('csId', csId)}.json`
  const query = { servicesummary_type: SERVICE_CHANNELS.indexOf(channel) + 1 }
  return session.get('servicesummary', path, query, body =>
    toServiceSummary(body, session.oddity('servicesummary')),
  )
}

function toServiceSummary(body: unknown, onOddity: OnOddity): ServiceSummaryResource {
  const { status } = parseShape(ANSWER, 'servicesummary', body)
  switch (String(status)) {
    case '200':
      return toFilled(body, onOddity)
    case '120001':
      return { state: 'NO_TEMPLATE' }
    case '120002':
      return { state: 'NOT_FILLED' }
    default:
      throw wrongShape('servicesummary', body)
  }
}

function toFilled(body: unknown, onOddity: OnOddity): FilledSummary {
  const { data } = parseShape(FILLED_ANSWER, 'servicesummary', body)
  return new FilledSummary(new WireRow(data.serviceSummary, onOddity), onOddity)
}

/** Decoded when it is read, so that only what the answer holds is reported as unreadable. */
class FilledSummary {
  readonly state = 'FILLED'
  readonly #row: WireRow
  readonly #onOddity: OnOddity
  #customFields: readonly CustomFieldResource[] | undefined

  constructor(row: WireRow, onOddity: OnOddity) {
    this.#row = row
    this.#onOddity = onOddity
  }

  get templateName(): string | null {
    return this.#row.text('ticketTemplateName')
  }

  get customFields(): readonly CustomFieldResource[] {
    this.#customFields ??= toCustomFields(this.#row.raw('custom_fields'), this.#onOddity)
    return this.#customFields
  }
}
