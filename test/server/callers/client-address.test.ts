import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { clientAddressOf } from '../../../src/server/callers/client-address.ts'

function addressOf(remoteAddress: string, forwarded?: string, trustedProxies = 0) {
  const socket = { remoteAddress } as IncomingMessage['socket']
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return clientAddressOf({ headers, socket }, trustedProxies)
}

it.each<[title: string, address: string, expected: string]>([
  ['IPv4', '192.0.2.7', '192.0.2.7'],
  ['IPv4 within IPv6', '::ffff:192.0.2.7', '192.0.2.7'],
  ['IPv6, by its network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['IPv6 with zeros left out', '2001:DB8::6', '2001:db8:0:0::/64'],
  ['IPv6 with zeros written out', '2001:0db8:0:0000::1', '2001:db8:0:0::/64'],
  ['this machine', '::1', '0:0:0:0::/64'],
])('is that of the connection: %s', (_, address, expected) => {
  expect(addressOf(address)).toBe(expected)
})

it('is not what a sender claims', () => {
  expect(addressOf('192.0.2.7', '203.0.113.9')).toBe('192.0.2.7')
})

it.each<[forwarded: string | undefined, trustedProxies: number, expected: string]>([
  ['203.0.113.9', 1, '203.0.113.9'],
  ['198.51.100.1, 203.0.113.9', 1, '203.0.113.9'],
  ['198.51.100.1, 203.0.113.9, 10.0.0.1', 2, '203.0.113.9'],
  ['2001:db8::1', 1, '2001:db8:0:0::/64'],
  ['unknown', 1, '10.0.0.2'],
  ['203.0.113.9', 2, '10.0.0.2'],
  [undefined, 1, '10.0.0.2'],
])('behind proxies is what ours were told: %j, %j proxies', (forwarded, proxies, expected) => {
  expect(addressOf('10.0.0.2', forwarded, proxies)).toBe(expected)
})
