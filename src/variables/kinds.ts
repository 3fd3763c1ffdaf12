import { z } from 'zod'

/** Text that matches a pattern. */
export const text = (pattern: RegExp, expected: string) => z.string().regex(pattern, expected)

/** A whole number in decimal digits. `byDefault` may be undefined. */
export function wholeNumber<Default extends number | undefined>(
  least: number,
  most: number,
  byDefault: Default,
) {
  const expected = `a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, { message: expected, abort: true })
    .transform(Number)
    .refine(value => value >= least && value <= most, expected)
    .optional()
    .transform(value => value ?? byDefault)
}

/** Where a server is, and below which path; nothing else may be in the URL. */
export const origin = () =>
  z
    .string()
    .refine(
      value => isHttp(value) && !/[?#@]/.test(value),
      'an http or https URL without credentials, query or fragment',
    )

/** Origins as browsers write them, with commas between them: `https://app.example`. */
export const origins = () =>
  z
    .string()
    .transform(list => list.split(',').map(each => each.trim()))
    .refine(
      list => list.every(each => isHttp(each) && URL.parse(each)?.origin === each),
      'origins such as https://app.example, with commas between them',
    )

/** Files, with commas between them. */
export const paths = () =>
  z
    .string()
    .transform(list => list.split(',').map(path => path.trim()))
    .refine(list => list.every(path => path !== ''), 'paths of files, with commas between them')

/** An address on the web, with whatever is in it but credentials. */
export const httpUrl = () =>
  z
    .string()
    .refine(
      value => isHttp(value) && !URL.parse(value)?.username && !URL.parse(value)?.password,
      'an http or https URL without credentials',
    )

/** The URL of a proxy, or its host and port, which other programs take too. */
export const proxy = () =>
  z
    .string()
    .transform(value => (value.includes('://') ? value : `http://${value}`))
    .refine(isHttp, 'the URL of an http or https proxy')

function isHttp(value: string): boolean {
  const protocol = URL.parse(value)?.protocol
  return protocol === 'http:' || protocol === 'https:'
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Whether a URL is of this machine. */
export const isLoopback = (url: string) => LOOPBACK.test(URL.parse(url)?.hostname ?? '')

/** Whether what goes to a URL can be read on its way. */
export const isInsecure = (url = '') => URL.parse(url)?.protocol === 'http:' && !isLoopback(url)
