/** The five endpoints of the vendor's page. */
export type Endpoint =
  | 'histories'
  | 'histories_v2'
  | 'agent_histories'
  | 'chatrecords'
  | 'servicesummary'

/** A path that belongs to an endpoint; `id` is what stands in its place, unchecked. */
export interface Route {
  readonly endpoint: Endpoint
  readonly id?: string | undefined
}

const ROUTES: readonly (readonly [Endpoint, RegExp])[] = [
  ['histories', /^\/api\/v1\/remoterecord\/histories\.json$/],
  ['histories_v2', /^\/api\/v1\/remoterecord\/histories_v2\.json$/],
  ['agent_histories', /^\/api\/v1\/remoterecord\/histories\/(?<id>[^/]+)\.json$/],
  ['chatrecords', /^\/api\/v1\/remoterecord\/chatrecords\/(?<id>[^/]+)\.json$/],
  ['servicesummary', /^\/api\/v1\/servicesummary\/(?<id>[^/]+)\.json$/],
]

export function routeOf(path: string): Route | undefined {
  for (const [endpoint, pattern] of ROUTES) {
    const match = pattern.exec(path)
    if (match) return { endpoint, id: match.groups?.id }
  }
  return undefined
}
