import type { RequestListener } from 'node:http'

/** Fails so many times, and is well from then on. */
export function failing(times: number, fail: RequestListener): RequestListener {
  let left = times
  return (request, response) => {
    left -= 1
    if (left >= 0) fail(request, response)
    else response.end('{"ok":true}')
  }
}

export const status =
  (code: number, headers: Record<string, string> = {}, body = ''): RequestListener =>
  (_request, response) => {
    response.writeHead(code, headers).end(body)
  }
export const cut: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': '100' })
  response.write('{', () => setTimeout(() => response.destroy(), 5))
}
export const stall: RequestListener = () => undefined

/** Short waits, so that tests are quick, but no shorter than an answer may take on a busy machine. */
export const QUICK = { maxAttempts: 3, callDeadlineMs: 10_000, attemptMs: 1500 }
