import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'

/**
 * The address that a request comes from, behind so many proxies of ours: each adds to
 * `X-Forwarded-For` whom it was asked by. What stands further to the left is the sender's own claim.
 * Of an IPv6 address the first half only: one person may have all that begin with it.
 */
export function clientAddressOf(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: number,
): string {
  const direct = socket.remoteAddress ?? ''
  if (trustedProxies === 0) return networkOf(direct)
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const claimed = forwarded.at(-trustedProxies)?.trim() ?? ''
  return networkOf(isIPv4(claimed) || isIPv6(claimed) ? claimed : direct)
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head.split(':').filter(group => group !== '')
  const rest = tail === undefined ? [] : tail.split(':').filter(group => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  const whole = tail === undefined ? groups : [...groups, ...zeros, ...rest]
  return `${whole
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
