import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { encodingOf } from './answer.ts'
import { createSink, type Sink, tooLarge } from './body.ts'
import type { EndpointName } from './endpoint.ts'
import { toBodyError, toRequestError } from './transport-error.ts'

type Controller = Dispatcher.DispatchController

/** What is read of a body that nobody wants, so that its connection can serve the next call. */
const DUMPED_BYTES = 16 * 1024
const DUMP_MS = 1000

/**
 * One request and its answer, as undici tells of them. It gathers the body's pieces itself:
 * undici's `request` would make a stream for each call, only to have it read to its end at once.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #endpoint: EndpointName
  readonly #maxBytes: number
  readonly #outcome = Promise.withResolvers<Buffer>()
  readonly #pieces: Buffer[] = []
  #size = 0
  #sink: Sink | undefined
  #controller: Controller | undefined
  #cancellation: Error | undefined
  #dumpTimer: NodeJS.Timeout | undefined

  /** `maxBytes` is of the decoded body. */
  constructor(endpoint: EndpointName, maxBytes: number) {
    this.#endpoint = endpoint
    this.#maxBytes = maxBytes
  }

  /**
   * The body of a 200 answer, whole and decoded. Rejects with an UpstreamError, or with the reason
   * for which it was canceled.
   */
  get body(): Promise<Buffer> {
    return this.#outcome.promise
  }

  /** Ends it, wherever it is: a request that still waits for a connection is not sent any more. */
  cancel(reason: Error): void {
    this.#outcome.reject(reason)
    this.#cancellation = reason
    this.#sink?.destroy()
    this.#controller?.abort(reason)
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller
    if (this.#cancellation) controller.abort(this.#cancellation)
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    // It only announces another answer.
    if (status < 200) return
    try {
      this.#sink = createSink(encodingOf(this.#endpoint, status, headers), {
        onPiece: piece => this.#keep(piece),
        onEnd: () => this.#resolve(),
        onError: cause => this.cancel(toBodyError(this.#endpoint, cause)),
        pause: () => controller.pause(),
        resume: () => controller.resume(),
      })
    } catch (error) {
      this.#outcome.reject(error)
      this.#dumpTimer = setTimeout(() => controller.abort(new DumpedError()), DUMP_MS)
    }
  }

  onResponseData(controller: Controller, piece: Buffer): void {
    if (this.#sink) this.#sink.write(piece)
    else this.#dump(controller, piece)
  }

  onResponseEnd(): void {
    clearTimeout(this.#dumpTimer)
    this.#sink?.end()
  }

  onResponseError(_controller: Controller, cause: Error): void {
    clearTimeout(this.#dumpTimer)
    this.#sink?.destroy()
    const toError = this.#sink ? toBodyError : toRequestError
    this.#outcome.reject(toError(this.#endpoint, cause))
  }

  #dump(controller: Controller, piece: Buffer): void {
    this.#size += piece.length
    if (this.#size > DUMPED_BYTES) controller.abort(new DumpedError())
  }

  #keep(piece: Buffer): void {
    this.#size += piece.length
    if (this.#size > this.#maxBytes) this.cancel(tooLarge(this.#endpoint, this.#maxBytes))
    else this.#pieces.push(piece)
  }

  #resolve(): void {
    const [only] = this.#pieces
    const isOne = only && this.#pieces.length === 1
    this.#outcome.resolve(isOne ? only : Buffer.concat(this.#pieces, this.#size))
  }
}

/** Tells undici, and nobody else, why a connection is closed. */
class DumpedError extends Error {
  override readonly name = 'DumpedError'
}
