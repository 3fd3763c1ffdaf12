/** The five endpoints of the API (README.md of this room, "Calls"). */
export const ENDPOINT_NAMES = [
  'histories',
  'histories_v2',
  'agent_histories',
  'chatrecords',
  'servicesummary',
] as const

export type EndpointName = (typeof ENDPOINT_NAMES)[number]

/** How messages to callers name what an endpoint gives. */
export const ENDPOINT_NOUNS: Readonly<Record<EndpointName, string>> = {
  histories: 'the list of service records',
  histories_v2: 'the labelled list of service records',
  agent_histories: "the list of one agent's service records",
  chatrecords: 'the chat of a service record',
  servicesummary: 'the summary of a service',
}
