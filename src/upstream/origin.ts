/**
 * Takes `https://host/prefix` apart. Throws TypeError for anything but http or https, and for an
 * origin with credentials, a query or a fragment; the message does not repeat it.
 */
export function parseOrigin(text: string): {
  readonly origin: string
  readonly pathPrefix: string
} {
  const url = URL.parse(text)
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!url || !isHttp || url.username || url.password || url.search || url.hash)
    throw new TypeError(
      'the upstream origin must be an http or https URL without credentials, query or fragment',
    )
  return { origin: url.origin, pathPrefix: url.pathname.replace(/\/+$/, '') }
}
