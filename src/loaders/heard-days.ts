import { Remembered } from '../history/traits/remembered.ts'
import type { EndpointName } from '../upstream/endpoint.ts'
import type { UpstreamPage } from '../upstream/remote-record.ts'
import { notAskedFor } from '../upstream/wire/not-asked-for.ts'

/**
 * Whether the upstream looks at the days that it is asked for. One that ignores them gives the records of
 * all days, and their count. A record may begin days after its creation, so pages alone do not show
 * it; a day without records does, by one call.
 */
export class HeardDays {
  readonly #areHeard = new Map<EndpointName, Remembered<true>>()

  /** Throws UpstreamBadResponseError if days are ignored. What was proven is believed for minutes. */
  async prove(
    endpoint: EndpointName,
    fetchLongAgo: () => Promise<UpstreamPage<unknown>>,
  ): Promise<void> {
    const heard = this.#areHeard.get(endpoint) ?? new Remembered<true>()
    if (heard.value) return
    const { size } = await fetchLongAgo()
    if (size > 0) throw notAskedFor(endpoint, 'days')
    heard.learn(true)
    this.#areHeard.set(endpoint, heard)
  }
}
