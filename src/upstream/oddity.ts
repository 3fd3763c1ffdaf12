import type { EndpointName } from './endpoint.ts'

/** What an answer may have that the API's description does not say, and that is read all the same. */
export const ODDITY_KINDS = [
  'unknown-enumeration-value',
  'unreadable-field',
  'row-without-csid',
  'unreadable-row',
  'custom-field-without-key',
  'unusable-count',
  'tolerated-json',
] as const

export type OddityKind = (typeof ODDITY_KINDS)[number]

/**
 * Is called for each oddity, or once for several that are the same: then `times` says how many.
 * `unreadable` is the upstream's name of a field if its value could not be read, so that callers get
 * null (or nothing) in its place.
 */
export type OnOddity = (kind: OddityKind, unreadable?: string, times?: number) => void

/** The same, with the endpoint whose answer it is about. */
export type OnEndpointOddity = (endpoint: EndpointName, ...oddity: Parameters<OnOddity>) => void

const ignore = () => undefined

/**
 * Gives what is to be called for an endpoint's oddities. A function of its own, because V8 would hold on to
 * all of a request if the constructor of its session made the closure: see src/README.md.
 */
export const oddityFor =
  (onOddity: OnEndpointOddity = ignore) =>
  (endpoint: EndpointName): OnOddity =>
    onOddity.bind(undefined, endpoint)
