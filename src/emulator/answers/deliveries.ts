import type { ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'

/** How an answer reaches the caller. */
export type Delivery = (response: ServerResponse, answer: Answer) => void

export const whole: Delivery = (response, answer) => {
  begin(response, answer)
  response.end(answer.body)
}

/** Nothing comes, and the connection stays. */
export const never: Delivery = () => undefined

/** Header fields at once, and then a byte of the body after the other. */
export const byteByByte: Delivery = (response, answer) => {
  begin(response, answer)
  const bytes = Buffer.from(answer.body)
  let sent = 0
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1))
    sent += 1
    if (sent >= bytes.length) response.end()
  }, BYTE_MS)
  response.on('close', () => clearInterval(timer))
}

/** All of it comes, a second late. */
export const late: Delivery = (response, answer) => {
  const timer = setTimeout(() => whole(response, answer), LATE_MS)
  response.on('close', () => clearTimeout(timer))
}

/** The connection is closed before anything was sent. */
export const closed: Delivery = response => void response.socket?.end()

export const reset: Delivery = response => void response.socket?.resetAndDestroy()

/** The connection is cut amid the body. */
export const cut: Delivery = (response, answer) => {
  begin(response, answer)
  response.write(half(answer), () => response.destroy())
}

/** The same, of a body whose length is not stated. */
export const cutInChunks: Delivery = (response, answer) => {
  response.writeHead(answer.status, { ...TYPE, ...answer.headers })
  response.write(half(answer), () => response.destroy())
}

/** What comes is no HTTP. */
export const noise: Delivery = response => void response.socket?.end('220 ready\r\n')

const BYTE_MS = 100
const LATE_MS = 1000

const TYPE = { 'Content-Type': 'application/json; charset=utf-8' }

const half = ({ body }: Answer) => body.slice(0, Math.ceil(body.length / 2))

function begin(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...TYPE, 'Content-Length': Buffer.byteLength(body), ...headers })
}
