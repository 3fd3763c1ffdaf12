import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection that sends what it is told, to the byte. */
export interface RawConnection extends Disposable {
  readonly socket: Socket
  send(text: string): void
  /** All that came so far. */
  readonly received: string
  /** Resolves with all that came, once the server has ended it. */
  readonly ended: Promise<string>
  /** Milliseconds from its opening to its end; undefined while it is open. */
  readonly lastedMs: number | undefined
}

export async function openRawConnection(origin: string): Promise<RawConnection> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  const openedAtMs = performance.now()
  let received = ''
  let lastedMs: number | undefined
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text
  })
  // A connection that is cut while it still sends is reset, which its end tells as well.
  socket.on('error', () => undefined)
  const ended = once(socket, 'close').then(() => {
    lastedMs = performance.now() - openedAtMs
    return received
  })
  await once(socket, 'connect')
  return {
    socket,
    send: text => void socket.write(text),
    ended,
    get received() {
      return received
    },
    get lastedMs() {
      return lastedMs
    },
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

/** The text of a POST to the graph, whole. */
export function rawPost(query: string, headers: readonly string[] = []): string {
  const body = JSON.stringify({ query })
  const head = [
    'POST /graphql HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
